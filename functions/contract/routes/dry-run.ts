import { exampleRequest } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { createRequest } from "../schemas/create-request.ts";
import { dryRun } from "../schemas/dry-run.ts";

export const dryRunConnection = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections/dry-run",
  app: "provider",
  scope: "connections:write",
  summary:
    "Everything that the real call would find wrong, at the vendor too, and exactly what it would send; creates nothing",
  body: createRequest,
  takes: ["Idempotency-Key"],
  answers: { 200: dryRun },
  problems: [422],
  examples: {
    body: exampleRequest,
    answers: {
      200: {
        ok: false,
        errors: [
          {
            code: "provider_not_found",
            pointer: "/vpnGatewayId",
            detail: "there is no such VPN gateway in cn-shanghai",
          },
        ],
        warnings: [],
        notChecked: ["what changes at the vendor until the create: other connections, quotas, permissions"],
        vendorRequest: {
          action: "CreateVpnConnection",
          parameters: { RegionId: "cn-shanghai", VpnGatewayId: "vpn-demo01", Name: "hq-shanghai-k3x5q7mzj2v4" },
        },
      },
    },
  },
});

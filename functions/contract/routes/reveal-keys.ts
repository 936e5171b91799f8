import { exampleReason } from "../examples.ts";
import { defineRoute } from "../route.ts";
import { optionalReason } from "../schemas/fields.ts";
import { revealedKeys } from "../schemas/revealed-keys.ts";

export const revealKeys = defineRoute({
  method: "POST",
  path: "/v1/vpn-connections/:id/pre-shared-keys",
  app: "secrets",
  scope: "secrets:read",
  summary: "The pre-shared keys that the broker made, for 24 hours after success; each reading is audited",
  body: optionalReason,
  answers: { 200: revealedKeys },
  problems: [404, 409],
  examples: {
    body: exampleReason,
    answers: { 200: { items: [{ tunnel: 0, preSharedKey: "not-a-key-but-an-example" }] } },
  },
});

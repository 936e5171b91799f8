import { beforeAll, expect, it } from "vitest";
import { createClient } from "../../functions/providers/alibaba/client.ts";
import { receiveWebhooks } from "../../local/demo/webhook-receiver.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { type KmsServer, startKmsServer } from "../fakes/kms-server.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { alibabaRequest } from "../support/requests.ts";

let kms: KmsServer;
let stack: TestStack;
beforeAll(async () => {
  kms = await startKmsServer(1);
  stack = await startTestStack({ AWS_ENDPOINT_URL_KMS: kms.url });
  return async () => {
    await stack.close();
    await kms.close();
  };
});

/** The pre-shared key that the simulated vendor has. */
async function keyAtVendor(VpnConnectionId: string): Promise<unknown> {
  const { id: accessKeyId, secret: accessKeySecret } = loadSecrets(stack.dataDir).simulators.alibaba;
  const access = { endpoint: stack.endpoints.alibaba, accessKeyId, accessKeySecret };
  const answer = await createClient(access, alibabaRequest.region)("DescribeVpnConnection", { VpnConnectionId });
  return (answer["IkeConfig"] as Record<string, unknown>)["Psk"];
}

it("a request succeeds, and its webhook is signed, with the private key in KMS alone", async () => {
  const { url, received, close } = await receiveWebhooks(stack.webhookSecret);
  const decrypts = () => kms.calls.filter(({ operation }) => operation === "Decrypt").map(({ input }) => input);
  expect(decrypts()).toEqual([]);
  const preSharedKey = "Sealed-for-KMS_1";
  const tunnels = alibabaRequest.tunnels.map((tunnel) => ({ ...tunnel, preSharedKey }));
  const request = { ...alibabaRequest, tunnels, callback: { url } };
  const { body } = await stack.call("POST", "/v1/vpn-connections", request);
  const { status, providerConnectionId } = await stack.follow(String(body["id"]));
  expect(status).toBe("succeeded");
  expect(await keyAtVendor(providerConnectionId ?? "")).toBe(preSharedKey);
  await expect.poll(() => received).toMatchObject([{ connectionId: body["id"], verified: true }]);
  await close();

  const KeyId = expect.stringMatching(/^arn:aws:kms:/) as string;
  const opened = expect.objectContaining({ KeyId, EncryptionAlgorithm: "RSAES_OAEP_SHA_256" }) as object;
  expect(decrypts()).toEqual([opened, opened]);
  expect(JSON.stringify(kms.calls)).not.toContain(preSharedKey);
});

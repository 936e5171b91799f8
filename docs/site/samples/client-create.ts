import { ConnectionFailedError, createClient, WaitTimeoutError } from "@vpn-broker/client";

const { VPN_BROKER_URL: url = "", VPN_BROKER_API_KEY: apiKey = "" } = process.env;
const client = createClient({ url, apiKey });

try {
  const connection = await client.createAndWait(
    {
      // The id of your order, ticket or row: the same at every run of this, so that there is never a second connection.
      clientToken: "order-4714",
      provider: "alibaba",
      region: "cn-shanghai",
      name: "hq-shanghai",
      vpnGatewayId: "vpn-demo04",
      routing: { mode: "policy", localCidrs: ["10.7.0.0/24"], remoteCidrs: ["10.8.0.0/24"] },
      tunnels: [{ customerGatewayId: "cgw-demo04" }],
    },
    { timeoutSeconds: 1800, onChange: ({ status, statusReason }) => console.log(status, "–", statusReason) },
  );
  console.log("there it is:", connection.providerConnectionId);
} catch (error) {
  if (error instanceof ConnectionFailedError) console.error(error.connection.status, error.connection.error?.advice);
  else if (error instanceof WaitTimeoutError) console.error("still running, look again with", error.id);
  else throw error;
  process.exitCode = 1;
}

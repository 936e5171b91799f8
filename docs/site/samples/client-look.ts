import { createClient, isFinal, VpnBrokerError } from "@vpn-broker/client";

const { VPN_BROKER_URL: url = "", VPN_BROKER_API_KEY: apiKey = "" } = process.env;
const client = createClient({ url, apiKey });

// Every request of the last day, however many pages that is.
const createdAfter = new Date(Date.now() - 86_400_000).toISOString();
for await (const connection of client.list({ createdAfter })) {
  console.log(connection.id, connection.name, connection.status);
  if (isFinal(connection)) continue;
  // Each state from now on; the signal ends the watch and not the request.
  const signal = AbortSignal.timeout(600_000);
  for await (const { status } of client.watch(connection, { signal })) console.log("  ", status);
}

try {
  await client.cancel("aaaaaaaaaaaaaaaaaaaaaaaaaa", { reason: "not needed any more" });
} catch (error) {
  if (!(error instanceof VpnBrokerError)) throw error;
  console.log(error.code, error.status, "told to", error.requestId);
}

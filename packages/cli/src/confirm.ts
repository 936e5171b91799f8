import type { ChangeOptions, Client } from "@vpn-broker/client";
import { Failure, UsageError } from "./failure.ts";
import type { Session } from "./session.ts";

/** Asks a person. Throws `UsageError` where nobody can be asked, `Failure` for any answer but yes. */
export async function confirm(session: Session, question: string): Promise<void> {
  if (!session.ask) throw new UsageError("there is nobody to ask: say --yes");
  const answer = await session.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("Nothing was done.");
}

/** Asks a person for a request as it stands, and answers that the change is meant for that state only. */
export async function confirmFor(session: Session, client: Client, id: string, verb: string): Promise<ChangeOptions> {
  if (!session.ask) throw new UsageError("there is nobody to ask: say --yes");
  const { name, provider, region, vpnGatewayId, status, revision } = await client.get(id, { signal: session.signal });
  await confirm(session, `${verb} ${id} (${name}, ${provider} ${region} ${vpnGatewayId}), which is ${status}?`);
  return { ifMatch: revision };
}

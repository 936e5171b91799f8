import type { ChangeOptions, Client, Connection } from "@vpn-broker/client";
import { Failure, UsageError } from "./failure.ts";
import type { Session } from "./session.ts";
import { plain } from "./text/plain.ts";

/** How a person is asked, or nothing with `yes`. Throws `UsageError` where nobody can be asked: before anything is done. */
export function prepareToConfirm({ ask }: Session, yes = false): (question: string) => Promise<void> {
  if (yes) return async () => undefined;
  if (!ask) throw new UsageError("it would ask first, and there is no terminal to ask at: say --yes");
  return async (question) => {
    const answer = await ask(`${plain(question)} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("Nothing was done.");
  };
}

/**
 * How a person is asked for a request as it stands; the change that follows is meant for that state only. With `yes` for
 * any state, so that a key that may not read will do. Nobody is asked for what cannot be done. Throws as `prepareToConfirm`.
 */
export function askAbout(
  session: Session,
  { verb, possible, yes }: { verb: string; possible: readonly Connection["status"][]; yes: boolean | undefined },
) {
  const confirm = prepareToConfirm(session, yes);
  return async (client: Client, id: string): Promise<ChangeOptions> => {
    if (yes) return {};
    const { name, provider, region, vpnGatewayId, status, revision } = await client.get(id, { signal: session.signal });
    // What cannot be done the broker refuses, with the reason.
    if (possible.includes(status))
      await confirm(`${verb} ${id} (${name}, ${provider} ${region} ${vpnGatewayId}), which is ${status}?`);
    return { ifMatch: revision };
  };
}

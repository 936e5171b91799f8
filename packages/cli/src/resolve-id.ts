import type { Client } from "@vpn-broker/client";
import { Failure } from "./failure.ts";
import type { Session } from "./session.ts";

/** What is likely when an id is not found. */
export const wholeIds =
  "An id is given whole, or by its first 12 characters; a name is none: vpn-broker list shows names.";

/** The request that an id of any kind belongs to: its own, or what a search knows. Throws `Failure` unless it is one. */
export async function resolveId(session: Session, client: Client, id: string): Promise<string> {
  if (/^[a-z2-7]{26}$/.test(id)) return id;
  const { signal } = session;
  const found = new Set((await client.search(id, { signal })).map(({ connection }) => connection.id));
  const [first, ...others] = found;
  if (first === undefined) throw new Failure(`No request has ever met the id ${id}. ${wholeIds}`);
  if (others.length > 0) {
    throw new Failure(
      `${id} belongs to ${found.size} requests: name one by its id. vpn-broker search ${id} lists them.`,
    );
  }
  session.note(`${id} belongs to ${first}.`, { id: first });
  return first;
}

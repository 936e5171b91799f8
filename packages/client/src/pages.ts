import { NoAnswerError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { type Query, toQuery } from "./path.ts";
import type { Transport } from "./transport.ts";

interface Page<Item> {
  items: readonly Item[];
  nextCursor?: string;
}

/** Every item, a page at a time; a page may be empty while there are more. */
export async function* readPages<Item>(
  transport: Transport,
  path: string,
  query: Query,
  { signal }: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  let cursor = query["cursor"];
  do {
    const { body } = await transport<Page<Item>>({ path: `${path}${toQuery({ ...query, cursor })}`, signal });
    if (!Array.isArray(body?.items)) throw new NoAnswerError("the answer is no page");
    yield* body.items;
    if (cursor !== undefined && body.nextCursor === cursor)
      throw new NoAnswerError("the page after this one is this one");
    cursor = body.nextCursor;
  } while (cursor !== undefined);
}

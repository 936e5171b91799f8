import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type * as z from "zod";
import type { operations } from "../../../../functions/contract/routes.ts";
import type { Same } from "../../../../functions/contract/schemas/schema-of.ts";
import type { webhookEvents } from "../../../../functions/contract/schemas/webhook-event.ts";
import { type ApiDocument, generateTypes } from "../../../../packages/client/scripts/generate-types.ts";
import type { Client, CreateRequest } from "../../../../packages/client/src/index.ts";
import type { WebhookEvent } from "../../../../packages/client/src/webhooks.ts";

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), "utf8");

it("the types are those of openapi.json: `npm run client-types` writes them", async () => {
  const document = JSON.parse(await read("openapi.json")) as ApiDocument;
  expect(await read("packages/client/src/types.ts")).toBe(await generateTypes(document));
});

type Operations = typeof operations;
/** What a route answers when it goes well, as its schema has it. */
type Answer<Name extends keyof Operations> = Operations[Name]["answers"] extends infer Answers
  ? Exclude<z.output<Extract<Answers[keyof Answers], z.ZodType>>, undefined>
  : never;
type Body<Name extends keyof Operations> = Operations[Name] extends { body: infer Schema extends z.ZodType }
  ? Given<z.input<Schema>>
  : never;
/** In JSON there is no `undefined`, for which a schema with a default would have one. */
type Given<Body> = { [Name in keyof Body]: Exclude<Body[Name], undefined> };

type Taken<Method extends (...given: never[]) => unknown, Index extends number> = Exclude<
  Parameters<Method>[Index],
  undefined
>;
type Result<Method extends (...given: never[]) => unknown> = Awaited<ReturnType<Method>>;
type Item<Method extends (...given: never[]) => AsyncGenerator> =
  ReturnType<Method> extends AsyncGenerator<infer One> ? One : never;

type Tenants = Client["admin"]["tenants"];
type Keys = Client["admin"]["keys"];

/** Compiles only where both types are the same. */
const same = <A, B>(proof: Same<A, B>) => expect(proof).toBe(true);

it("what the client takes and answers are the types of the schemas, by the compiler", () => {
  same<CreateRequest, Body<"createConnection">>(true);
  same<Taken<Client["dryRun"], 0>, Body<"dryRunConnection">>(true);
  same<Taken<Client["cancel"], 1>, Body<"cancelConnection">>(true);
  same<Taken<Client["redrive"], 1>, Body<"redriveConnection">>(true);
  same<Taken<Client["resend"], 2>, Body<"resendDelivery">>(true);
  same<Taken<Client["revealKeys"], 1>, Body<"revealKeys">>(true);
  same<Taken<Tenants["set"], 1>, Body<"setTenant">>(true);
  same<Taken<Tenants["suspend"], 1>, Body<"suspendTenant">>(true);
  same<Taken<Tenants["resume"], 1>, Body<"resumeTenant">>(true);
  same<Taken<Tenants["rotateWebhookSecret"], 1>, Body<"rotateWebhookSecret">>(true);
  same<Taken<Keys["create"], 1>, Body<"createKey">>(true);
  same<Taken<Keys["rotate"], 2>, Body<"rotateKey">>(true);
  same<Taken<Keys["revoke"], 2>, Body<"revokeKey">>(true);

  same<Result<Client["create"]>, Answer<"createConnection">>(true);
  same<Result<Client["get"]>, Answer<"getConnection">>(true);
  same<Result<Client["dryRun"]>, Answer<"dryRunConnection">>(true);
  same<Item<Client["list"]>, Answer<"listConnections">["items"][number]>(true);
  same<Item<Client["watch"]>, Answer<"getConnection">>(true);
  same<Result<Client["search"]>, Answer<"search">["items"]>(true);
  same<Result<Client["events"]>, Answer<"listEvents">["items"]>(true);
  same<Result<Client["deliveries"]>, Answer<"listDeliveries">["items"]>(true);
  same<Result<Client["attention"]>, Answer<"listAttention">>(true);
  same<Result<Client["stats"]>, Answer<"getStats">>(true);
  same<Result<Client["key"]>, Answer<"getKey">>(true);
  same<Result<Client["cancel"]>, Answer<"cancelConnection">>(true);
  same<Result<Client["redrive"]>, Answer<"redriveConnection">>(true);
  same<Result<Client["resend"]>, Answer<"resendDelivery">>(true);
  same<Result<Client["revealKeys"]>, Answer<"revealKeys">["items"]>(true);
  same<Item<Tenants["list"]>, Answer<"listTenants">["items"][number]>(true);
  same<Result<Tenants["get"]>, Answer<"getTenant">>(true);
  same<Result<Tenants["set"]>, Answer<"setTenant">>(true);
  same<Result<Tenants["suspend"]>, Answer<"suspendTenant">>(true);
  same<Result<Tenants["resume"]>, Answer<"resumeTenant">>(true);
  same<Result<Tenants["rotateWebhookSecret"]>, Answer<"rotateWebhookSecret">>(true);
  same<Result<Keys["list"]>, Answer<"listKeys">["items"]>(true);
  same<Result<Keys["create"]>, Answer<"createKey">>(true);
  same<Result<Keys["rotate"]>, Answer<"rotateKey">>(true);
  same<Result<Keys["revoke"]>, Answer<"revokeKey">>(true);
  same<Item<Client["admin"]["audit"]>, Answer<"listAudit">["items"][number]>(true);
  same<WebhookEvent, z.output<(typeof webhookEvents)[keyof typeof webhookEvents]>>(true);
  // @ts-expect-error: and one that is not is seen.
  same<Result<Client["get"]>, Answer<"dryRunConnection">>(true);
});

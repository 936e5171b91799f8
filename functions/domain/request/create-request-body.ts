import type * as z from "zod";
import { fromPointer } from "../json-pointer.ts";
import { bgpRules } from "../rules/bgp.ts";
import { callbackRule } from "../rules/callback.ts";
import { cryptographyRules } from "../rules/cryptography.ts";
import { healthCheckRules } from "../rules/health-check.ts";
import { providerRules } from "../rules/provider.ts";
import { routingRules } from "../rules/routing.ts";
import type { DeepPartial } from "../rules/rule.ts";
import { tagRules } from "../rules/tags.ts";
import { tunnelRules } from "../rules/tunnels.ts";
import { type CreateRequest, createRequestSchema } from "./create-request.ts";
import { spreadUnions } from "./spread-unions.ts";

export interface CallbackOptions {
  /** Whether `http` callbacks to this computer are accepted: only the local stack says so. */
  allowLoopbackCallbacks: boolean;
}

/**
 * The body of a create request with every rule across its fields. The rules run on what passed its own check also where
 * something else did not, so that all that is wrong is found in one pass.
 */
export function createRequestBody(options: CallbackOptions) {
  const rules = [
    ...routingRules,
    ...bgpRules,
    ...cryptographyRules,
    ...providerRules,
    ...healthCheckRules,
    ...tunnelRules,
    ...tagRules,
    callbackRule(options),
  ];
  return createRequestSchema.superRefine(
    (request, context) => {
      const sound = context.issues.length === 0 ? request : withoutFlawed(request, spreadUnions(context.issues));
      for (const { pointer, detail } of rules.flatMap((rule) => rule(sound))) {
        context.addIssue({ code: "custom", path: fromPointer(pointer), message: detail });
      }
    },
    { when: () => true },
  );
}

/** A copy of the body less every member that did not pass its own check; unknown ones are not in it. */
function withoutFlawed(
  body: unknown,
  issues: readonly (z.core.$ZodRawIssue | z.core.$ZodIssue)[],
): DeepPartial<CreateRequest> {
  const root = { body: structuredClone(body) };
  for (const { code, path = [] } of issues) if (code !== "unrecognized_keys") remove(root, ["body", ...path]);
  return typeof root.body === "object" && root.body !== null ? root.body : {};
}

/** Leaves `undefined` in place of a member that was given, so that a rule can tell it from one that was not. */
function remove(root: object, path: readonly PropertyKey[]): void {
  let holder: unknown = root;
  for (const step of path.slice(0, -1)) holder = (holder as Record<PropertyKey, unknown> | undefined)?.[step];
  const last = path.at(-1);
  if (typeof holder === "object" && holder !== null && last !== undefined && Object.hasOwn(holder, last)) {
    Object.defineProperty(holder, last, { value: undefined, enumerable: true, configurable: true, writable: true });
  }
}

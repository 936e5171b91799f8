import { answers, type Route } from "../support/routes.ts";

/** Other keys with the scope admin are always there. */
const unreachable: ReadonlySet<string> = new Set(["POST /v1/admin/tenants/:tenant/keys/:keyId/revoke 409"]);

/** Answers of the table that none of the requests got; faults of ours aside, which none should get. */
export function missingAnswers(seen: ReadonlyMap<string, number>): string[] {
  const expected = Object.entries(answers).flatMap(([route, statuses]) =>
    Object.keys(statuses).flatMap((status) => (Number(status) < 500 ? [`${route as Route} ${status}`] : [])),
  );
  return expected.filter((answer) => !seen.has(answer) && !unreachable.has(answer));
}

/** What each parameter of a query means, by its name. */
export const queryParameters: Readonly<Record<string, string>> = {
  wait: "Seconds to hold the answer for a change.",
  tenant:
    "Whose: for operators. Absent = the caller's own, or in the audit log everybody's; `*` = everybody's, where the parameter takes it.",
  status: "Of these statuses only; may be repeated (`status=failed&status=unknown`), and is no list with commas.",
  provider: "At this vendor only.",
  region: "In this region of the vendor only.",
  vpnGatewayId: "Of this VPN gateway only.",
  clientToken: "Of this `clientToken` only.",
  providerConnectionId: "Of the connection that has this id at the vendor.",
  errorCode: "Of those that ended with this `error.code`.",
  createdAfter: "Accepted after this time: RFC 3339, with any offset.",
  createdBefore: "Accepted before this time: RFC 3339, with any offset.",
  limit: "Items of a page, at most.",
  cursor: "Where the page begins: `nextCursor` of the page before, with the same filters.",
  q: "The broker's id of a request, its `clientToken`, the 12 characters at the end of its name at the vendor or that name, the vendor's connection id, the request id of the vendor's answer to the last create, an execution's name or ARN, a webhook's id, a VPN gateway's id.",
  window: "How far back is counted: `1h` to `720h`, or `1d` to `30d`.",
};

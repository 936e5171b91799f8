/** What each parameter of a query means, by its name. */
export const queryParameters: Readonly<Record<string, string>> = {
  wait: "Whole seconds to hold the answer for a change.",
  tenant: "Whose: for operators. Absent = the caller's own, or in the audit log everybody's.",
  status: "Of these statuses only; may be repeated.",
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
  q: "Any id that a request ever met.",
  window: "How far back is counted.",
};

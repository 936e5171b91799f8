/** An index of the table: the attributes that are its partition key and its sort key. */
export interface Index {
  name: string;
  partition: string;
  sort: string;
}

/**
 * The indexes of infra/table.json by what they are for. A number is never used again for something else: rows of before would
 * be taken for today's. Several share a sort key: `byTime` is `<createdAt>#<id>`, `byTenant` has the tenant before it.
 */
export const indexes = {
  /** Records with work left, by shard and the time from which the sweeper looks at them; sparse. */
  sweep: { name: "gsi2", partition: "gsi2pk", sort: "gsi2sk" },
  /** Requests of a gateway that wait for its turn, in order, or that may have made a connection, in order of arrival; sparse. */
  queue: { name: "gsi3", partition: "gsi3pk", sort: "gsi3sk" },
  /** A tenant's requests at a vendor; its entries of the audit log; all tenants. */
  tenant: { name: "gsi6", partition: "gsi6pk", sort: "byTime" },
  /** A tenant's requests at a vendor by status. */
  status: { name: "gsi7", partition: "gsi7pk", sort: "byTime" },
  /** A tenant's requests in a vendor's region. */
  region: { name: "gsi8", partition: "gsi8pk", sort: "byTime" },
  /** A tenant's requests at a vendor that ended with an error, by its code; sparse. */
  errorCode: { name: "gsi10", partition: "gsi10pk", sort: "byTime" },
  /** Requests by their VPN gateway. */
  gateway: { name: "gsi9", partition: "vpnGatewayId", sort: "byTenant" },
  /** By the vendor's id of the connection; sparse. */
  connection: { name: "gsi11", partition: "providerConnectionId", sort: "byTenant" },
  /** By the vendor's id of the last create's answer; sparse. */
  createRequest: { name: "gsi12", partition: "createRequestId", sort: "byTenant" },
  /** By the 12 characters at the end of the connection's name. */
  operation: { name: "gsi13", partition: "operationId", sort: "byTenant" },
  /** What is unfinished, or may need a person; sparse. */
  attention: { name: "gsi14", partition: "gsi14pk", sort: "byTenant" },
  /** All requests, and all entries of the audit log, by time: the list and the audit log of all tenants. */
  everything: { name: "gsi15", partition: "gsi15pk", sort: "byTime" },
  /** Requests by the time at which they ended; sparse. */
  ended: { name: "gsi16", partition: "gsi16pk", sort: "byEnd" },
} as const satisfies Record<string, Index>;

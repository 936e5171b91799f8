import type { ConnectionStore } from "../../functions/domain/ports.ts";
import type { ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import type { Run } from "../../functions/domain/record/ids.ts";

/** What keeps a request to one connection. Each can be switched off, to see that the simulation misses it. */
export const safeguards = [
  "lookup",
  "stable token",
  "turn",
  "queue order",
  "generation check",
  "write-ahead",
  "settle window",
  "permission",
  "taking again",
  "sweeper",
] as const;
export type Safeguard = (typeof safeguards)[number];

/** The store as a step of this run sees it without the safeguard. */
export function weakenStore(store: ConnectionStore, off: Safeguard | undefined, run: Run | undefined): ConnectionStore {
  switch (off) {
    case "queue order":
      return withoutOrder(store);
    case "generation check":
      return run ? withoutGenerations(store, run) : store;
    case "write-ahead":
      return withoutIntents(store);
    case "taking again":
      return run ? withoutGivingBack(store, run) : store;
    case "lookup":
    case "stable token":
    case "turn":
    case "settle window":
    case "permission":
    case "sweeper":
    case undefined:
      return store;
  }
}

/** Whoever looks at the queue finds nobody before itself. */
function withoutOrder(store: ConnectionStore): ConnectionStore {
  return {
    ...store,
    async listGateway(gateway, kind) {
      const ids = await store.listGateway(gateway, kind);
      return kind === "waiting" ? [] : ids;
    },
  };
}

/** Every record looks as if it were of this run; what is written keeps the generation it really had. */
function withoutGenerations(store: ConnectionStore, run: Run): ConnectionStore {
  let generation = run.generation;
  return {
    ...store,
    async get(id) {
      const record = await store.get(id);
      if (id !== run.id || !record) return record;
      generation = record.generation;
      return { ...record, generation: run.generation };
    },
    async save(record) {
      if (record.id !== run.id) return store.save(record);
      return { ...(await store.save({ ...record, generation })), generation: run.generation };
    },
  };
}

/** A step does not see that its turn was given back, though everybody else does. */
function withoutGivingBack(store: ConnectionStore, run: Run): ConnectionStore {
  let unseen: ConnectionRecord["givenBack"];
  return {
    ...store,
    async get(id) {
      const record = await store.get(id);
      if (id !== run.id || !record) return record;
      const { givenBack, ...rest } = record;
      unseen = givenBack;
      return rest;
    },
    save: (record) => store.save(unseen && !record.givenBack ? { ...record, givenBack: unseen } : record),
  };
}

/** An intent is never written, only remembered: until the outcome is saved, no other invocation knows of it. */
function withoutIntents(store: ConnectionStore): ConnectionStore {
  let unwritten = 0;
  const written = (record: ConnectionRecord) => ({ ...record, version: record.version - unwritten });
  return {
    ...store,
    async save(record) {
      if (record.create?.state === "undecided" && record.status === "creating") {
        unwritten += 1;
        return { ...record, version: record.version + 1 };
      }
      return store.save(written(record));
    },
  };
}

/** The vendor as a step sees it without the safeguard. `fresh` makes a token that was never used. */
export function weakenVendor(open: ConnectProvider, off: Safeguard | undefined, fresh: () => string): ConnectProvider {
  if (off !== "lookup" && off !== "stable token") return open;
  return async (name, options) => {
    const provider = await open(name, options);
    if (off === "lookup") return { ...provider, find: async () => [] };
    return {
      ...provider,
      create: ({ action, parameters }, keys) => {
        const renewed = "ClientToken" in parameters ? { ...parameters, ClientToken: fresh() } : parameters;
        return provider.create({ action, parameters: renewed }, keys);
      },
    };
  };
}

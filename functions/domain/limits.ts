import type { ProviderName } from "./values.ts";

/*
 * Numbers that hang together, in seconds. Exactly-once rests on the settle window: it must be longer than anything of an
 * attempt can still be under way. test/unit/domain/limits.test.ts holds the deployed functions, the workflows and the vendors'
 * clients to them; the simulation reads them here.
 */

/** After so long Lambda ends each function, by its name in infra/functions.yml, less the vendor's. */
export const functionSeconds = {
  api: 29,
  providerApi: 29,
  secretsApi: 29,
  exampleApi: 29,
  takeTurn: 20,
  submit: 60,
  awaitProvisioned: 60,
  recordOutcome: 20,
  watchTunnels: 60,
  deliverWebhook: 30,
  sweep: 300,
} as const;

/**
 * How many of each function run at once, by its name in infra/functions.yml, less the vendor's: what is turned away comes
 * again. Whoever waits for others, or is asked by one tenant too often, uses up its own share. Where a vendor has a function
 * of its own, one vendor's reads that hang keep no other vendor's waiting. docs/concurrency.md has the arithmetic.
 */
export const shares = {
  api: 180,
  providerApi: 15,
  secretsApi: 15,
  exampleApi: 15,
  takeTurn: 50,
  submit: { alibaba: 2, tencent: 20 },
  awaitProvisioned: { alibaba: 2, tencent: 12 },
  recordOutcome: 34,
  watchTunnels: { alibaba: 2, tencent: 2 },
  deliverWebhook: 100,
  sweep: 1,
} as const satisfies Record<keyof typeof functionSeconds, number | Record<ProviderName, number>>;

/** After so long a call to a vendor is given up; the vendor may act on it up to then. */
export const providerCallSeconds = 20;

/**
 * So long after a look at the vendor, or after an intent was written, a create is still sent: a process that stood still for
 * longer does nothing. The settle window reckons with a whole life of the function all the same; this is what leaves room
 * in it for any one of the numbers above and below to be wrong by half (docs/proof.md).
 */
export const sendWithinSeconds = 20;

/** So far the clocks of two invocations may differ. */
export const clockSkewSeconds = 10;

/** So far a vendor's lists may lag behind a create, the clocks of two invocations included. */
export const listLagSeconds = 30 + clockSkewSeconds;

/** After so long nothing of a sending can be under way: the function that sent it has ended, its call too, and lists show it. */
export const settleSeconds = functionSeconds.submit + providerCallSeconds + listLagSeconds;

/** So long after its settle window a request that ended without a connection is looked for once more. */
export const lastLookSeconds = 600;

/** After so long a webhook's receiver is given up. */
export const webhookAttemptSeconds = 15;

/**
 * Nobody takes a gateway's turn for so long after it was given back for a vendor out of reach: doubled each time in a row,
 * from the first to the most.
 */
export const turnPauseSeconds = { first: 2, most: 30 } as const;

/** The longest that `?wait` holds an answer. */
export const maxWaitSeconds = 20;

/** How often the sweeper runs, and how long a record must have been quiet before it looks: a workflow at work writes sooner. */
export const sweepSeconds = 300;

/**
 * What one key, tenant or receiver may have at once, or in a time, over all processes (`quotas.ts`). `seconds` of what is
 * under way is the longest it can be; of a rate, its window. `says` is what a caller is told beyond it.
 */
export const quotaLimits = {
  /** Calls of one key that wait. Beyond them a call is answered at once, and nobody is refused. */
  waits: { max: 10, seconds: functionSeconds.api, says: "" },
  /** Of one key. */
  dryRunRate: { max: 300, seconds: 60, rate: true, says: "this API key may ask for 300 dry runs a minute" },
  /** Of one tenant, those that wait for a place too, so that there is room for another's in the function. */
  dryRunQueue: {
    max: 5,
    seconds: functionSeconds.providerApi,
    says: "5 dry runs of this tenant are under way or wait",
  },
  /** Of one tenant, so that there is room for another at each vendor. */
  dryRuns: { max: 1, seconds: functionSeconds.providerApi, says: "another dry run of this tenant is under way" },
  /** At one vendor: a dry run asks as much of it as a submit. */
  dryRunsAtVendor: { max: 2, seconds: functionSeconds.providerApi, says: "2 dry runs are under way at this vendor" },
  /** Of one key. */
  revealRate: { max: 60, seconds: 60, rate: true, says: "this API key may reveal keys 60 times a minute" },
  /** Of one key. */
  exampleRate: { max: 30, seconds: 60, rate: true, says: "this API key may send 30 examples a minute" },
  /** Of one tenant. */
  examples: { max: 2, seconds: functionSeconds.exampleApi, says: "2 examples of this tenant are under way" },
  /** Of one tenant to one host. */
  examplesToHost: {
    max: 2,
    seconds: functionSeconds.exampleApi,
    says: "this host has 2 examples under way, or was slow to answer the last ones",
  },
  /** Of one tenant. Beyond these three a webhook comes later, and no caller is told. */
  deliveries: { max: 10, seconds: functionSeconds.deliverWebhook, says: "" },
  /** Of one tenant to one host. */
  deliveriesToHost: { max: 4, seconds: functionSeconds.deliverWebhook, says: "" },
  /** Of all tenants to one host. */
  deliveriesAtHost: { max: 20, seconds: functionSeconds.deliverWebhook, says: "" },
  /** A mark: this receiver of a tenant has answered quickly. */
  quickReceivers: { max: 1, seconds: 600, rate: true, says: "" },
  /** A mark: a receiver of this tenant was slow. */
  slowTenants: { max: 1, seconds: 600, rate: true, says: "" },
} as const;
export type QuotaName = keyof typeof quotaLimits;

/** So long a dry run waits for its places at a vendor: most are done in a second, and four of its tenant's may go first. */
export const placeWaitSeconds = 8;

/** A receiver that takes so long to answer is slow. */
export const slowReceiverSeconds = 5;

/** So long a slow receiver keeps its place at its host: with all of them kept, nobody asks it. */
export const keptPlaceSeconds = { examplesToHost: 60, deliveriesToHost: 600 } as const;

/** Calls that one process lets wait, whosever they are. On Lambda each has a process of its own. */
export const maxWaitsPerProcess = 100;

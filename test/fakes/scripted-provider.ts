import {
  type ErrorClass,
  ProviderError,
  type ProviderErrorFacts,
} from "../../functions/domain/provider/provider-error.ts";
import type { ConnectProvider, Provider, ProviderCall } from "../../functions/domain/provider/provider.ts";

type Asked = "preflight" | "create" | "find" | "exists" | "provisioning" | "tunnelStates";
type Answer<Method extends Asked> = (
  ...asked: Parameters<Provider[Method]>
) => Awaited<ReturnType<Provider[Method]>> | ReturnType<Provider[Method]>;

/** A vendor that answers what the test says, and notes what it was asked. */
export interface ScriptedProvider {
  open: ConnectProvider;
  /** Replace one to have it answer otherwise from now on; it may throw, move a clock or write a record first. */
  answers: { [Method in Asked]: Answer<Method> };
  /** Every call in order, by the method's name. */
  asked: Asked[];
  /** Every create as it was sent: the planned parameters and the keys in clear. */
  sent: (Record<string, unknown> & { keys: readonly string[] })[];
}

/** A vendor on which nothing is yet, and where everything goes well. */
export function createScriptedProvider({ createIsIdempotent }: { createIsIdempotent: boolean }): ScriptedProvider {
  const scripted: ScriptedProvider = {
    answers: {
      preflight: () => ({ flaws: [], facts: {} }),
      create: () => ({ connectionId: "vco-1" }),
      find: () => [],
      exists: () => true,
      provisioning: () => ({ state: "ready", reported: {} }),
      tunnelStates: () => [],
    },
    asked: [],
    sent: [],
    open: async (_name, { onCall }) => connect(scripted, onCall, createIsIdempotent),
  };
  return scripted;
}

function connect(
  { answers, asked, sent }: ScriptedProvider,
  onCall: (call: ProviderCall) => void,
  createIsIdempotent: boolean,
): Provider {
  async function ask<Result>(method: Asked, answer: () => Result | Promise<Result>): Promise<Result> {
    asked.push(method);
    const tell = (outcome: string) => onCall({ action: method, outcome, durationMilliseconds: 1 });
    try {
      const result = await answer();
      tell("ok");
      return result;
    } catch (error) {
      if (error instanceof ProviderError) tell(error.facts.class);
      throw error;
    }
  }
  return {
    createIsIdempotent,
    firstLookSeconds: 10,
    planCreate: (_request, identity, facts) => ({ action: "CreateConnection", parameters: { ...identity, ...facts } }),
    survey: async () => ({ flaws: [] }),
    rehearse: async () => ({}),
    preflight: (request, own) => ask("preflight", () => answers.preflight(request, own)),
    create: (planned, keys) => {
      sent.push({ ...planned.parameters, keys });
      return ask("create", () => answers.create(planned, keys));
    },
    find: (identity) => ask("find", () => answers.find(identity)),
    exists: (connectionId) => ask("exists", () => answers.exists(connectionId)),
    provisioning: (connection) => ask("provisioning", () => answers.provisioning(connection)),
    tunnelStates: (connectionId, tunnels) => ask("tunnelStates", () => answers.tunnelStates(connectionId, tunnels)),
  };
}

/** The answer of a vendor that fails with an error of this class. */
export function failing(kind: ErrorClass, facts: Partial<ProviderErrorFacts> = {}): () => never {
  return () => {
    throw new ProviderError({ class: kind, action: "CreateConnection", advice: "Look at the vendor.", ...facts });
  };
}

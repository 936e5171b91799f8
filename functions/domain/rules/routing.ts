import { formatNetwork, overlaps, parseNetwork } from "../cidr.ts";
import type { Flaw } from "../errors.ts";
import type { Rule } from "./rule.ts";

interface Place {
  text: string;
  pointer: string;
}

function places(texts: readonly (string | undefined)[] | undefined, pointer: string): Place[] {
  return (texts ?? []).flatMap((text, index) => (text === undefined ? [] : [{ text, pointer: `${pointer}/${index}` }]));
}

function overlapFlaws(locals: Place[], remotes: Place[]): Flaw[] {
  return remotes.flatMap((remote) => {
    const remoteNetwork = parseNetwork(remote.text);
    const hit = locals.find((local) => {
      const localNetwork = parseNetwork(local.text);
      return localNetwork && remoteNetwork && overlaps(localNetwork, remoteNetwork);
    });
    return hit && remoteNetwork
      ? [{ pointer: remote.pointer, detail: `${formatNetwork(remoteNetwork)} overlaps the local network ${hit.text}` }]
      : [];
  });
}

function repeatedFlaws(list: Place[]): Flaw[] {
  const seen = new Set<string>();
  return list.flatMap(({ text, pointer }) => {
    if (seen.has(text)) return [{ pointer, detail: `${text} is listed twice` }];
    seen.add(text);
    return [];
  });
}

/** Policy routing names its networks, in one of two ways; the other modes name none. */
const networksFitMode: Rule = ({ routing }) => {
  if (!routing?.mode) return [];
  const { mode, localCidrs, remoteCidrs, pairs } = routing;
  if (mode !== "policy") {
    return (["localCidrs", "remoteCidrs", "pairs"] as const)
      .filter((member) => routing[member] !== undefined)
      .map((member) => ({ pointer: `/routing/${member}`, detail: `is for mode policy only, not for mode ${mode}` }));
  }
  if (pairs !== undefined && (localCidrs !== undefined || remoteCidrs !== undefined)) {
    return [{ pointer: "/routing/pairs", detail: "give either pairs, or localCidrs and remoteCidrs" }];
  }
  if (pairs !== undefined || "pairs" in routing) return [];
  return (["localCidrs", "remoteCidrs"] as const)
    .filter((member) => !(member in routing))
    .map((member) => ({ pointer: `/routing/${member}`, detail: "is required for mode policy" }));
};

/** Local and remote networks are disjoint, and none stands twice. */
const networksAreDisjoint: Rule = ({ routing }) => {
  if (!routing) return [];
  const locals = places(routing.localCidrs, "/routing/localCidrs");
  const remotes = places(routing.remoteCidrs, "/routing/remoteCidrs");
  const pairs = routing.pairs ?? [];
  const pairLocals = pairs.flatMap((pair, index) =>
    pair?.local === undefined ? [] : [{ text: pair.local, pointer: `/routing/pairs/${index}/local` }],
  );
  const pairRemotes = pairs.map((pair, index) => places(pair?.remotes, `/routing/pairs/${index}/remotes`));
  return [
    ...repeatedFlaws(locals),
    ...repeatedFlaws(remotes),
    ...repeatedFlaws(pairLocals),
    ...pairRemotes.flatMap(repeatedFlaws),
    ...overlapFlaws(locals, remotes),
    ...overlapFlaws(pairLocals, pairRemotes.flat()),
  ];
};

export const routingRules: readonly Rule[] = [networksFitMode, networksAreDisjoint];

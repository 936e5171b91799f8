import type { Patch } from "./patch.ts";
import { patches as record } from "./patches/record.ts";
import { patches as requests } from "./patches/requests.ts";
import { patches as steps } from "./patches/steps.ts";
import { patches as store } from "./patches/store.ts";
import { patches as submit } from "./patches/submit.ts";
import { patches as turn } from "./patches/turn.ts";
import { patches as vendors } from "./patches/vendors.ts";
import { patches as workflows } from "./patches/workflows.ts";

/** All patches, by the area of the core that they change. */
export const areas: Readonly<Record<string, readonly Patch[]>> = {
  submit,
  turn,
  steps,
  record,
  requests,
  store,
  vendors,
  workflows,
};

/** Throws where there is none of this id. */
export function findPatch(id: string | undefined): Patch {
  const patch = Object.values(areas)
    .flat()
    .find((one) => one.id === id);
  if (!patch) throw new Error(`there is no patch ${id}`);
  return patch;
}

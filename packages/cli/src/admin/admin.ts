import type { Command } from "@commander-js/extra-typings";
import type { Session } from "../session.ts";
import { toHelp } from "../text/help.ts";
import { addAudit } from "./audit.ts";
import { addDeployment } from "./deployment.ts";
import { addKeys } from "./keys.ts";
import { addTenants } from "./tenants.ts";

const help = `
Durations: 30s, 15m, 24h, 7d. All but bootstrap and fingerprint-keys need a key with the scope admin.`;

/** `admin`: tenants, keys, the audit log, and a deployment's first keys. */
export function defineAdmin(command: Command, session: Session): void {
  const admin = command
    .description("The operators' commands: tenants, their keys, the audit log, and a deployment's first keys.")
    .addHelpText("after", () => toHelp(session, help));
  for (const add of [addTenants, addKeys, addAudit, addDeployment]) add(admin, session);
}

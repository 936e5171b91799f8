import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { Failure, UsageError } from "../failure.ts";
import { printTable } from "../print-table.ts";
import type { Session } from "../session.ts";
import { toHelp } from "../text/help.ts";
import { checkTenant } from "./names.ts";

const bootstrapHelp = `
Writes to DynamoDB directly; region, credentials and endpoint are found as the AWS SDK finds them. The tenant is made
if there is none, with no gateway and no webhook secret; the key has every scope.`;

const createHelp = `
A text of another form deploys, and then the API refuses to start.

  vpn-broker admin fingerprint-keys create > keys.json &&
    aws secretsmanager create-secret --name vpn-broker/STAGE/fingerprint-keys --secret-string file://keys.json`;

const rotateHelp = `
Old keys stay: records name them. It takes effect with a deployment by --force, which reads secrets anew. Before they
are shown, an entry for the tenant is in the table's audit log, written with AWS credentials.

  aws secretsmanager get-secret-value --secret-id ID --query SecretString --output text > old.json &&
    vpn-broker admin fingerprint-keys rotate --table TABLE --tenant operators < old.json > new.json &&
    aws secretsmanager put-secret-value --secret-id ID --secret-string file://new.json`;

const usageHelp = `
Reads the whole table, with AWS credentials. A key that is neither current nor listed may go, once the deployment that
made another one current is complete.`;

/** What a deployment needs before its API can be asked. What they use is loaded only by them. */
export function addDeployment(admin: CommandUnknownOpts, session: Session): void {
  admin
    .command("bootstrap")
    .description("make the first admin key of a deployment, with AWS credentials")
    .requiredOption("--table <table>", "the deployment's DynamoDB table")
    .requiredOption("--tenant <tenant>", "whose key it is", checkTenant)
    .option("--name <name>", "of the key", "first key")
    .option("--force", "although the tenant has a valid admin key")
    .addHelpText("after", () => toHelp(session, bootstrapHelp))
    .action(async ({ table, tenant: name, name: keyName, force = false }) => {
      const fields = await import("../../../../functions/contract/schemas/fields.ts");
      check("--name", fields.keyName.safeParse(keyName));
      const { bootstrapTable } = await import("./bootstrap-table.ts");
      const input = { tenant: name, keyName, force, now: session.now };
      const { tenant, key, secret, made } = await bootstrapTable(table, input);
      const { hash: _hash, ...shown } = key;
      const next = [
        tenant.gateways.length === 0 ? `tenant set ${name} --gateway PATTERN, as it may touch no gateway yet` : "",
        tenant.webhookSecrets.length === 0 ? `webhook-secret rotate ${name}, as it has no webhook secret yet` : "",
      ].filter((line) => line !== "");
      const head = `${made ? "Made the tenant" : "For the tenant"} ${name}: admin key ${key.id}, shown this once:`;
      const lines = [head, secret, "", "Keep it as VPN_BROKER_API_KEY."];
      await session.print(
        { tenant: name, tenantMade: made, ...shown, key: secret },
        [...lines, ...next.map((line) => `Next: vpn-broker admin ${line}.`)].join("\n"),
      );
    });

  const keys = admin.command("fingerprint-keys").description("the HMAC keys that pre-shared keys are compared by");

  keys
    .command("create")
    .description("the first HMAC key of a deployment: JSON to stdout")
    .addHelpText("after", () => toHelp(session, createHelp))
    .action(async () => {
      const { createFingerprintKeys } = await import("./fingerprint-keys.ts");
      const document = createFingerprintKeys(session.now());
      await session.print(document, JSON.stringify(document));
    });

  keys
    .command("rotate")
    .description("a new HMAC key to compare pre-shared keys by: JSON from stdin to stdout")
    .option("--table <table>", "the deployment's DynamoDB table")
    .option("--tenant <tenant>", "whose entry it is in the audit log", checkTenant)
    .option("--reason <text>", "why, for the audit log")
    .option(
      "--data-dir <folder>",
      "of a local stack instead: its secrets.json is replaced; in effect, and audited, at its next start",
    )
    .addHelpText("after", () => toHelp(session, rotateHelp))
    .action(async ({ table, tenant, reason, dataDir }) => {
      const { rotateInFolder, rotateJson } = await import("./fingerprint-keys.ts");
      if (dataDir !== undefined) {
        if (table !== undefined) throw new UsageError("--table and --data-dir exclude each other");
        const document = rotateInFolder(dataDir, session.now());
        const { current, keys: ids } = document;
        const told = `The current key is ${current} from the next start of the stack; there are ${ids.length}.`;
        return session.print(document, told);
      }
      if (table === undefined) throw new UsageError("--table TABLE, or --data-dir DIR of a local stack, is missing");
      if (tenant === undefined) throw new UsageError("--tenant TENANT is missing");
      const fields = await import("../../../../functions/contract/schemas/fields.ts");
      if (reason !== undefined) check("--reason", fields.reason.safeParse(reason));
      const json = await session.readInput();
      if (json === undefined) throw new UsageError("give the JSON of the keys on stdin");
      if (json.trim() === "") throw new Failure("There is nothing on stdin.");
      const document = rotateJson(json, session.now());
      const count = Object.keys(document.keys).length;
      const { auditRotation } = await import("./audit-rotation.ts");
      await auditRotation(table, { tenant, reason, current: document.current, count, now: session.now });
      session.note(`The current key is ${document.current}; there are ${count}.`, { current: document.current, count });
      return session.print(document, JSON.stringify(document));
    });

  keys
    .command("usage")
    .description("count the records that name each HMAC key")
    .requiredOption("--table <table>", "the deployment's DynamoDB table")
    .addHelpText("after", () => toHelp(session, usageHelp))
    .action(async ({ table }) => {
      const { countInTable } = await import("./fingerprint-usage.ts");
      const document = await countInTable(table);
      const rows = Object.entries(document.byKeyId).map(([id, count]) => [id, String(count)]);
      const columns = [{ heading: "HMAC key" }, { heading: "records" }];
      await printTable(session, document, { columns, rows, none: "No record names an HMAC key." });
      session.note(`${document.without} more name none.`, { without: document.without });
    });
}

/** Throws `UsageError` for a value that the broker would not take. */
function check(option: string, parsed: { success: boolean; error?: { issues: { message: string }[] } }): void {
  if (!parsed.success) throw new UsageError(`${option} ${parsed.error?.issues[0]?.message ?? "is not valid"}`);
}

import { keyName, reason } from "../../../../functions/contract/schemas/fields.ts";
import { type Command, defineCommand, required } from "./command.ts";
import { Failure, UsageError } from "./failure.ts";
import { createFingerprintKeys, rotateInFolder, rotateJson } from "./fingerprint-keys.ts";
import { checkTenant } from "./names.ts";
import { table } from "./text.ts";

const bootstrap = defineCommand({
  name: "bootstrap",
  synopsis: "--table TABLE --tenant TENANT [--name KEYNAME] [--force]",
  summary: "make the first admin key of a deployment, with AWS credentials",
  details: [
    "Writes to DynamoDB directly; region, credentials and endpoint are found as the AWS SDK finds them.",
    "The tenant is made if there is none, with no gateway and no webhook secret; the key has every scope.",
    "--force makes one although the tenant has a valid admin key.",
  ],
  options: {
    table: { type: "string" },
    tenant: { type: "string" },
    name: { type: "string", default: "first key" },
    force: { type: "boolean", default: false },
  },
  async run({ now }, _operands, values) {
    const tableName = required(values.table, "--table TABLE");
    const input = { tenant: checkTenant(required(values.tenant, "--tenant TENANT")), force: values.force };
    const name = keyName.safeParse(values.name);
    if (!name.success) throw new UsageError(`--name ${name.error.issues[0]?.message ?? "is not valid"}`);
    const { bootstrapTable } = await import("./bootstrap-table.ts");
    const { tenant, key, secret, made } = await bootstrapTable(tableName, { ...input, keyName: values.name, now });
    const { hash: _hash, ...shown } = key;
    const next = [
      tenant.gateways.length === 0 ? `tenant set ${tenant.name} --gateway PATTERN, as it may touch no gateway yet` : "",
      tenant.webhookSecrets.length === 0 ? `webhook-secret rotate ${tenant.name}, as it has no webhook secret yet` : "",
    ].filter((line) => line !== "");
    return {
      document: { tenant: tenant.name, tenantMade: made, ...shown, key: secret },
      text: [
        `${made ? "Made the tenant" : "For the tenant"} ${tenant.name}: admin key ${key.id}, shown this once:\n${secret}\n`,
        "Keep it as VPN_BROKER_API_KEY.",
        ...next.map((line) => `Next: ${line}.`),
      ].join("\n"),
    };
  },
});

const createKeys = defineCommand({
  name: "fingerprint-keys create",
  summary: "the first HMAC key of a deployment: JSON to stdout",
  details: [
    "A text of another form deploys, and then the API refuses to start.",
    "  npm run --silent admin -- fingerprint-keys create > keys.json &&",
    "    aws secretsmanager create-secret --name vpn-broker/STAGE/fingerprint-keys --secret-string file://keys.json",
  ],
  options: {},
  async run({ now }) {
    const document = createFingerprintKeys(now());
    return { document, text: JSON.stringify(document) };
  },
});

const rotateKeys = defineCommand({
  name: "fingerprint-keys rotate",
  synopsis: "--table TABLE --tenant TENANT [--reason TEXT] [--data-dir DIR]",
  summary: "a new HMAC key to compare pre-shared keys by: JSON from stdin to stdout",
  details: [
    "Old keys stay: records name them. It takes effect with a deployment by --force, which reads secrets anew.",
    "Before they are shown, an entry for the tenant is in the table's audit log, written with AWS credentials.",
    "  aws secretsmanager get-secret-value --secret-id ID --query SecretString --output text > old.json &&",
    "    npm run --silent admin -- fingerprint-keys rotate --table TABLE --tenant operators < old.json > new.json &&",
    "    aws secretsmanager put-secret-value --secret-id ID --secret-string file://new.json",
    "--data-dir DIR  of a local stack instead: its secrets.json is replaced; in effect, and audited, at its next start",
  ],
  options: {
    table: { type: "string" },
    tenant: { type: "string" },
    reason: { type: "string" },
    "data-dir": { type: "string" },
  },
  async run({ now, readInput, note }, _operands, { "data-dir": dataDir, ...values }) {
    if (dataDir !== undefined) {
      if (values.table !== undefined) throw new UsageError("--table and --data-dir exclude each other");
      const document = rotateInFolder(dataDir, now());
      const text = `The current key is ${document.current} from the next start of the stack; there are ${document.keys.length}.`;
      return { document, text };
    }
    const tableName = required(values.table, "--table TABLE, or --data-dir DIR of a local stack,");
    const tenant = checkTenant(required(values.tenant, "--tenant TENANT"));
    const why = values.reason === undefined ? undefined : reason.safeParse(values.reason);
    if (why?.success === false) throw new UsageError(`--reason ${why.error.issues[0]?.message ?? "is not valid"}`);
    const json = await readInput();
    if (json === undefined) throw new UsageError("give the JSON of the keys on stdin");
    if (json.trim() === "") throw new Failure("There is nothing on stdin.");
    const document = rotateJson(json, now());
    const { current, keys } = document;
    const count = Object.keys(keys).length;
    const { auditRotation } = await import("./audit-rotation.ts");
    await auditRotation(tableName, { tenant, reason: values.reason, current, count, now });
    note(`The current key is ${current}; there are ${count}.`);
    return { document, text: JSON.stringify(document) };
  },
});

const usage = defineCommand({
  name: "fingerprint-keys usage",
  synopsis: "--table TABLE",
  summary: "count the records that name each HMAC key",
  details: [
    "Reads the whole table, with AWS credentials. A key that is neither current nor listed may go, once the deployment",
    "that made another one current is complete.",
  ],
  options: { table: { type: "string" } },
  async run(_context, _operands, values) {
    const tableName = required(values.table, "--table TABLE");
    const { countInTable } = await import("./fingerprint-usage.ts");
    const document = await countInTable(tableName);
    const rows = Object.entries(document.byKeyId).map(([id, count]) => [id, String(count)]);
    const counted = table(["HMAC key", "records"], rows, "No record names an HMAC key.");
    return { document, text: `${counted}\n\n${document.without} more name none.` };
  },
});

export const deploymentCommands: readonly Command[] = [bootstrap, createKeys, rotateKeys, usage];

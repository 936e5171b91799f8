import * as z from "zod";

/** The only reader of the environment. An empty variable counts as one that is not set. */
const text = z.string().min(1);
const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const providerVariables = {
  ALIBABA_CLOUD_VPC_ENDPOINT: url.optional(),
  ALIBABA_CLOUD_ACCESS_KEY_ID: text.optional(),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: text.optional(),
  ALIBABA_CLOUD_SECURITY_TOKEN: text.optional(),
  TENCENTCLOUD_VPC_ENDPOINT: url.optional(),
  TENCENTCLOUD_SECRET_ID: text.optional(),
  TENCENTCLOUD_SECRET_KEY: text.optional(),
  TENCENTCLOUD_TOKEN: text.optional(),
};

const tableVariables = { TABLE_NAME: text };
const workflowVariables = { CREATE_CONNECTION_ARN: text, DELIVER_WEBHOOK_ARN: text };

/** HMAC keys that secrets are compared by, in base64, by id. */
export const fingerprintKeysSchema = z
  .object({
    current: text,
    keys: z.record(z.string().regex(/^[\w-]+$/), z.base64().min(24, "must hold keys of 16 bytes or more, in base64")),
  })
  .refine(({ current, keys }) => Object.hasOwn(keys, current), "must hold the current key");
const fingerprintKeys = z
  .string()
  .transform((json, context): unknown => {
    try {
      return JSON.parse(json);
    } catch {
      context.issues.push({ code: "custom", message: "must be JSON", input: undefined });
      return z.NEVER;
    }
  })
  .pipe(fingerprintKeysSchema);

/** Of the local stack, and of what looks for it. */
const localVariables = {
  PORT: z.coerce.number("must be a port").int().min(0).max(65_535).default(3000),
  DATA_DIR: text.default(".local"),
  VPN_BROKER_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, "must be 8 to 200 printable ASCII characters without spaces")
    .optional(),
};

const schemas = {
  /** The API function. */
  api: z.object({
    ...tableVariables,
    ...workflowVariables,
    /** PEM of the public key that seals pre-shared keys. */
    SEALING_PUBLIC_KEY: text,
    /** ARN of the KMS key that it is the public half of. */
    SEALING_KEY_ID: text,
    /** `{"current": "<id>", "keys": {"<id>": "<base64>"}}`: HMAC keys that secrets are compared by. */
    FINGERPRINT_KEYS: fingerprintKeys,
  }),
  /** The functions that talk to a vendor. */
  provider: z.object({
    ...tableVariables,
    ...providerVariables,
    /** Where tenants' vendor credentials are: each is the secret `<prefix>/<vendor>/<reference>`. */
    CREDENTIALS_PREFIX: text,
  }),
  /** The functions that only read and write records. */
  records: z.object(tableVariables),
  /** The sweeper. */
  sweeper: z.object({ ...tableVariables, ...workflowVariables }),
  /** The local stack: everything has a default. */
  local: z.object({
    ...providerVariables,
    ...localVariables,
    HOST: text.default("127.0.0.1"),
    VPN_BROKER_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and 24 to 64 bytes in base64")
      .optional(),
    AWS_ENDPOINT_URL_DYNAMODB: url.optional(),
    AWS_ENDPOINT_URL_SFN: url.optional(),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url.optional(),
    AWS_ENDPOINT_URL_KMS: url.optional(),
    LOCAL_TIME_SCALE: z.coerce
      .number("must be a number")
      .positive("must be more than 0")
      .max(1000, "must be at most 1000")
      .optional(),
  }),
  /** The operators' command line. */
  admin: z.object({
    ...localVariables,
    /** Of the broker to speak to; absent = the local stack's. */
    VPN_BROKER_URL: url.optional(),
  }),
};

export type Part = keyof typeof schemas;
export type Config<Name extends Part> = z.infer<(typeof schemas)[Name]>;

/** What a part of the broker reads from its environment. Throws with every variable that is missing or wrong, never a value. */
export function readConfig<Name extends Part>(part: Name, environment = process.env): Config<Name> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const parsed = schemas[part].safeParse(given);
  if (parsed.success) return parsed.data as Config<Name>;
  const problems = parsed.error.issues.map((issue) => {
    const missing = given[String(issue.path[0])] === undefined;
    return `${String(issue.path[0])} ${missing ? "is not set" : issue.message}`;
  });
  throw new Error(`the configuration is not complete: ${problems.join("; ")}`);
}

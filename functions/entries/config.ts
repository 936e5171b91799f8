import * as z from "zod";

/** The only reader of the environment. An empty variable counts as one that is not set. */
const text = z.string().min(1);
const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const proxyNames = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] as const;

const providerVariables = {
  ALIBABA_CLOUD_VPC_ENDPOINT: url.optional(),
  ALIBABA_CLOUD_ACCESS_KEY_ID: text.optional(),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: text.optional(),
  ALIBABA_CLOUD_SECURITY_TOKEN: text.optional(),
  TENCENTCLOUD_VPC_ENDPOINT: url.optional(),
  TENCENTCLOUD_SECRET_ID: text.optional(),
  TENCENTCLOUD_SECRET_KEY: text.optional(),
  TENCENTCLOUD_TOKEN: text.optional(),
  /** Of the way to the vendors; {@link readConfig} takes them in capitals too. */
  http_proxy: text.optional(),
  https_proxy: text.optional(),
  all_proxy: text.optional(),
  no_proxy: text.optional(),
};

const tableVariables = { TABLE_NAME: text };
const workflowVariables = { CREATE_CONNECTION_ARN: text, DELIVER_WEBHOOK_ARN: text };

const keyForm = "must hold keys of 16 bytes or more, in base64";
const fingerprintKeysForm = 'must be of the form {"current": "<id>", "keys": {"<id>": "<base64>"}}';

/** HMAC keys that secrets are compared by, in base64, by id. */
export const fingerprintKeysSchema = z
  .object(
    {
      current: z.string(fingerprintKeysForm).min(1, fingerprintKeysForm),
      keys: z.record(z.string().regex(/^[\w-]+$/), z.base64(keyForm).min(24, keyForm), fingerprintKeysForm),
    },
    fingerprintKeysForm,
  )
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

const portForm = "must be a whole number from 0 to 65535";
const scaleForm = "must be a number above 0, 1000 at most";

/** Of the local stack, and of what looks for it. */
const localVariables = {
  PORT: z.coerce.number(portForm).int(portForm).min(0, portForm).max(65_535, portForm).default(3000),
  DATA_DIR: text.default(".local"),
  VPN_BROKER_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, "must be 8 to 200 printable ASCII characters without spaces")
    .optional(),
  VPN_BROKER_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and 24 to 64 bytes in base64")
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
    AWS_ENDPOINT_URL_DYNAMODB: url.optional(),
    AWS_ENDPOINT_URL_SFN: url.optional(),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url.optional(),
    AWS_ENDPOINT_URL_KMS: url.optional(),
    LOCAL_TIME_SCALE: z.coerce.number(scaleForm).positive(scaleForm).max(1000, scaleForm).optional(),
  }),
  /** The command line. */
  cli: z.object({
    ...localVariables,
    /** Absent = where the local stack says that it listens. */
    PORT: localVariables.PORT.unwrap().optional(),
    /** Of the broker to speak to; absent = the local stack's. */
    VPN_BROKER_URL: url.optional(),
  }),
};

export type Part = keyof typeof schemas;
export type Config<Name extends Part> = z.infer<(typeof schemas)[Name]>;

/**
 * What a part of the broker reads from its environment. Throws with every variable that is missing, empty or wrong, never
 * a value. An empty variable that has a default is as one that is not set.
 */
export function readConfig<Name extends Part>(part: Name, environment = process.env): Config<Name> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const inCapitals = proxyNames.flatMap((name) => {
    const value = given[name.toUpperCase()];
    return value === undefined ? [] : [[name, value] as const];
  });
  const parsed = schemas[part].safeParse({ ...Object.fromEntries(inCapitals), ...given });
  if (parsed.success) return parsed.data as Config<Name>;
  const problems = parsed.error.issues.map(({ path: [variable], message }) => {
    const name = String(variable);
    if (given[name] !== undefined) return `${name} ${message}`;
    return `${name} ${environment[name] === undefined ? "is not set" : "is empty"}`;
  });
  throw new Error([...new Set(problems)].join("; "));
}

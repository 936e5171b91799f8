import { parseArgs, type ParseArgsConfig } from "node:util";
import { type ApiOptions, apiOptions } from "./access.ts";
import type { ApiClient } from "./api-client.ts";
import { UsageError } from "./failure.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<Of extends Options> = ReturnType<
  typeof parseArgs<{ options: Of; allowPositionals: true; strict: true }>
>["values"];

/** What a command's process gives it. */
export interface Context {
  connect: (options: ApiOptions) => ApiClient;
  now: () => Date;
  /** Everything on stdin; undefined when that is a terminal. */
  readInput: () => Promise<string | undefined>;
  /** One line for people, beside the output proper. */
  note: (text: string) => void;
}

/** What a command prints: the text, or with `--json` the document. */
export interface Output {
  text: string;
  document: unknown;
}

export interface Command {
  /** What it is called by: `key create`. */
  name: string;
  /** How it is called, without `npm run admin --`. */
  usage: string;
  summary: string;
  details: readonly string[];
  run: (context: Context, given: readonly string[]) => Promise<{ output: Output; json: boolean }>;
}

const commonOptions = { json: { type: "boolean" } } as const;

interface Spec<Own extends Options> {
  name: string;
  /** Names of what must be given beside options, in order. */
  operands?: readonly string[];
  /** The options, as the usage shows them. */
  synopsis?: string;
  summary: string;
  details?: readonly string[];
  options: Own;
  run: (context: Context, operands: readonly string[], values: Values<Own>) => Promise<Output>;
}

/** A command that needs no broker. */
export function defineCommand<const Own extends Options>(spec: Spec<Own>): Command {
  const operands = spec.operands ?? [];
  const usage = [spec.name, ...operands.map((name) => `<${name}>`), ...(spec.synopsis ? [spec.synopsis] : [])].join(
    " ",
  );
  return {
    name: spec.name,
    usage,
    summary: spec.summary,
    details: spec.details ?? [],
    async run(context, given) {
      const { positionals, values } = parse(given, { ...spec.options, ...commonOptions });
      const missing = operands[positionals.length];
      if (missing) throw new UsageError(`<${missing}> is missing`);
      if (positionals.length > operands.length) {
        const taken = operands.length === 0 ? "none" : operands.map((name) => `<${name}>`).join(" ");
        throw new UsageError(`there are too many arguments without a dash: it takes ${taken}`);
      }
      const output = await spec.run(context, positionals, values as unknown as Values<Own>);
      return { output, json: (values as { json?: boolean }).json === true };
    },
  };
}

/** A command that speaks to the running broker. */
export function defineApiCommand<const Own extends Options>(
  spec: Omit<Spec<Own>, "run"> & {
    /** What to ask for is made before the broker is looked for: a usage error comes before any other. */
    prepare: (operands: readonly string[], values: Values<Own>) => (api: ApiClient) => Promise<Output>;
  },
): Command {
  return defineCommand({
    ...spec,
    options: { ...spec.options, ...apiOptions },
    run: (context, operands, values) => {
      const ask = spec.prepare(operands, values as unknown as Values<Own>);
      return ask(context.connect(values));
    },
  });
}

/** The option's value. Throws `UsageError` without one. */
export function required<Value>(value: Value | undefined, usage: string): Value {
  if (value === undefined) throw new UsageError(`${usage} is missing`);
  return value;
}

function parse(given: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...given], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith("ERR_PARSE_ARGS_")) throw error;
    throw new UsageError(code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? unknownOption(message) : firstSentence(message));
  }
}

function unknownOption(message: string): string {
  return `there is no option ${/'(-[^'=]*)/.exec(message)?.[1] ?? "of this name"}`;
}

function firstSentence(message: string): string {
  const [line = ""] = message.split("\n");
  return line.replace(/\.$/, "").replace(/^Option/, "the option");
}

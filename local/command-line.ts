/** What a command does, and its options, which take no value: each with what it does. */
export interface CommandLine {
  command: string;
  purpose: string;
  options: Readonly<Record<string, string>>;
  /** It goes on where something else stands on the command line, and says so. */
  goesOn?: true;
}

/** What was asked for; or what to print instead, and what the process ends with: 2 where the command line is wrong. */
export type ReadOptions = { options: ReadonlySet<string> } | { text: string; exitCode: 0 | 2 };

export function readOptions(given: readonly string[], line: CommandLine): ReadOptions {
  if (given.some((one) => one === "--help" || one === "-h")) return { text: helpOf(line), exitCode: 0 };
  const at = given.findIndex((one) => !Object.hasOwn(line.options, one));
  if (at === -1) return { options: new Set(given) };
  // Not the word itself: whoever took the place of another for it may have typed a secret.
  return { text: `Word ${at + 1} after -- is no option.\n${usageOf(line)}\n`, exitCode: 2 };
}

/** The options that this process was started with. Ends it when there is something to print instead. */
export function requireOptions(line: CommandLine): ReadonlySet<string> {
  const read = readOptions(process.argv.slice(2), line);
  if ("options" in read) return read.options;
  (read.exitCode === 0 ? process.stdout : process.stderr).write(read.text);
  if (read.exitCode === 2 && line.goesOn) return new Set();
  process.exit(read.exitCode);
}

function usageOf({ command, options }: CommandLine): string {
  const known = Object.keys(options);
  if (known.length === 0) return `Usage: ${command}; it takes no options. Variables are in docs/configuration.md.`;
  return `Usage: ${command} -- ${known.map((option) => `[${option}]`).join(" ")}`;
}

function helpOf(line: CommandLine): string {
  const options = Object.entries(line.options).map(([option, does]) => `  ${option}  ${does}\n`);
  return `${line.purpose}\n${usageOf(line)}\n${options.join("")}`;
}

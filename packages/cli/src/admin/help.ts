import type { Command } from "./command.ts";

const program = "npm run admin --";

const width = 110;

/** How the command is called, an option that would stand beyond the width on a line of its own. */
export function usageOf({ usage }: Command): string {
  const [first = "", ...parts] = `${program} ${usage} [--json]`.split(/ (?=\[|--\w+ [A-Z])/);
  const lines = [first];
  for (const part of parts) {
    const line = `${lines.at(-1)} ${part}`;
    if (line.length <= width) lines.splice(-1, 1, line);
    else lines.push(`    ${part}`);
  }
  return lines.join("\n");
}

export function helpOf(command: Command): string {
  const { summary, details } = command;
  const lines = ["", `${summary[0]?.toUpperCase()}${summary.slice(1)}.`, ...details.map((line) => `  ${line}`)];
  return [usageOf(command), ...lines].join("\n");
}

export function helpOfAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${program} <command>`,
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "<command> --help says more. --json prints a document for programs. Durations: 30s, 15m, 24h, 7d.",
    "",
    "All but bootstrap and fingerprint-keys speak to the broker at --url or VPN_BROKER_URL, this computer's without",
    "either, with the admin key in VPN_BROKER_API_KEY; this computer's broker is shown its own without one.",
    "http goes to this computer only, unless --insecure-http. Ends with 0, with 1 when it failed, with 2 for a wrong",
    "command line.",
  ].join("\n");
}

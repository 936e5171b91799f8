import { auditCommands } from "./audit.ts";
import type { Command, Context } from "./command.ts";
import { deploymentCommands } from "./deployment.ts";
import { Failure, UsageError } from "./failure.ts";
import { helpOf, helpOfAll, usageOf } from "./help.ts";
import { keyCommands } from "./keys.ts";
import { tenantCommands } from "./tenants.ts";

const commands = [...tenantCommands, ...keyCommands, ...auditCommands, ...deploymentCommands];

/** The texts of one run: what goes to stdout, what to stderr, and what the process ends with. */
export interface Ended {
  output: string;
  complaint: string;
  exitCode: number;
}

/** Runs what the command line says; throws nothing. */
export async function runAdmin(given: readonly string[], context: Context): Promise<Ended> {
  const asksHelp = given.some((one) => one === "--help" || one === "-h");
  const words = given[0] === "help" ? given.slice(1) : given;
  const command = findCommand(words);
  try {
    if (given[0] === "help" || asksHelp) {
      const named = words.some((word) => !word.startsWith("-"));
      if (named && !command) throw unknown(words);
      return { output: `${command ? helpOf(command) : helpOfAll(commands)}\n`, complaint: "", exitCode: 0 };
    }
    if (!command) throw unknown(words);
    const { output, json } = await command.run(context, words.slice(command.name.split(" ").length));
    const printed = json ? JSON.stringify(output.document, undefined, 2) : output.text;
    return { output: `${printed}\n`, complaint: "", exitCode: 0 };
  } catch (error) {
    const known = error instanceof Error ? error : new Error("something unexpected was thrown");
    const usage = command ? usageOf(command) : "npm run admin -- help lists the commands.";
    return {
      output: "",
      complaint: known instanceof UsageError ? `${known.message}\n${usage}\n` : `${known.message}\n`,
      exitCode: known instanceof Failure ? known.exitCode : 1,
    };
  }
}

/** The longest name that the words begin with. */
function findCommand(words: readonly string[]): Command | undefined {
  const named = commands.filter(({ name }) => name.split(" ").every((word, index) => words[index] === word));
  return named.toSorted((a, b) => b.name.length - a.name.length)[0];
}

function unknown([first]: readonly string[]): UsageError {
  const family = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (family.length > 0) return new UsageError(`Which one: ${family.join(", ")}?`);
  return new UsageError(
    first === undefined ? "A command is missing." : "There is no such command; it comes before any option.",
  );
}

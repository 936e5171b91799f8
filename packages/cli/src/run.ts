import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { type Complaint, toComplaint } from "./complaint.ts";
import { exitCodes } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { createSession, type Host, type Session } from "./session.ts";
import { plainLines, toJson } from "./text/plain.ts";

/** How long a command may take to end by itself. */
const graceMilliseconds = 500;

/** Runs what the command line says, and answers what the process ends with; throws nothing. */
export async function run(given: readonly string[], host: Host): Promise<number> {
  // Known before the rest is parsed: what is wrong with it is told in a document too.
  const session = createSession(host, given.includes("--json"));
  const program = createProgram(given, session);
  try {
    const [first, ...others] = given;
    // Commander's own help knows the commands of one level.
    const words = first === "help" ? [...others, "--help"] : given;
    await Promise.race([program.parseAsync([...words], { from: "user" }), interruptionOf(session)]);
    return session.exitCode;
  } catch (error) {
    session.live();
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    // A command without one of its own: its help is on stderr already.
    const command = findCommand(program, given);
    const isHelp = error instanceof CommanderError && error.code === "commander.help";
    if (isHelp && !session.json) return exitCodes.usage;
    const complaint = isHelp
      ? ofHelp(command)
      : error instanceof CommanderError
        ? ofUsage(error)
        : await toComplaint(error, session);
    await complain(session, complaint, command);
    return complaint.exitCode;
  }
}

/** Rejects when the session was interrupted and its command has not ended soon after: something holds it. */
function interruptionOf({ signal }: Session): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => setTimeout(() => reject(signal.reason as Error), graceMilliseconds).unref();
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

function ofUsage({ message }: CommanderError): Complaint {
  return { code: "usage", message: message.replace(/^error: /, ""), exitCode: exitCodes.usage };
}

function ofHelp({ commands }: CommandUnknownOpts): Complaint {
  const message = `a command is missing: one of ${commands.map((one) => one.name()).join(", ")}`;
  return { code: "usage", message, exitCode: exitCodes.usage };
}

async function complain(session: Session, complaint: Complaint, command: CommandUnknownOpts): Promise<void> {
  const { message, next, code } = complaint;
  if (session.json) {
    // Text by text: as JSON, a key with a quotation mark would look otherwise.
    const hide = (_name: string, value: unknown) => (typeof value === "string" ? session.hideSecrets(value) : value);
    await session.stderr.write(`${toJson({ error: complaint }, undefined, hide)}\n`);
    return;
  }
  const help = code === "usage" ? `${pathOf(command)} --help says how it is called.` : undefined;
  const lines = [message, next, help].filter((line) => line !== undefined);
  await session.stderr.write(`${plainLines(session.hideSecrets(lines.join("\n")))}\n`);
}

/** The command that the words lead to, as far as they do. */
function findCommand(program: CommandUnknownOpts, given: readonly string[]): CommandUnknownOpts {
  let command = program;
  for (const word of given) command = command.commands.find((one) => one.name() === word) ?? command;
  return command;
}

function pathOf(command: CommandUnknownOpts): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

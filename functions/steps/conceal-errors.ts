import { errorSite, type Log } from "../domain/log.ts";
import { StepError } from "../domain/step-error.ts";

/** What a function throws to its runtime: a name, and nothing that was not written here. */
class NamedError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super("the record says more, and the log where it arose");
    this.name = name;
    this.stack = `${name}: ${this.message}`;
  }
}

/**
 * Runs a function of a workflow. Its runtime logs whatever it throws, and Step Functions keeps it in the history (`Cause`):
 * message, stack and all, of an SDK's error too, which can hold what was sent. So only the name goes out, by which a workflow
 * decides; of an error that no workflow expects, the log has also where it arose.
 */
export async function concealErrors<Result>(log: Log, name: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StepError) throw new NamedError(error.name);
    const site = errorSite(error);
    log("function_failed", { name, ...site });
    throw new NamedError(site.error);
  }
}

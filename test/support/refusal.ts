import { DomainError } from "../../functions/domain/errors.ts";

/** The refusal that this ended with; throws when it was not refused, or broke for another reason. */
export async function refusalOf(asked: Promise<unknown> | (() => unknown)): Promise<DomainError> {
  try {
    await (typeof asked === "function" ? asked() : asked);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

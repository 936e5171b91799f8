import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { StepError, stepErrorNames } from "../../../functions/domain/step-error.ts";
import { concealErrors } from "../../../functions/steps/conceal-errors.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";

/** All that a runtime can see of an error. */
const allOf = (error: unknown) => inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);

async function thrownBy(run: () => Promise<unknown>) {
  const { log, lines } = createRecordingLog();
  const thrown: unknown = await concealErrors(log, "Submit", run).catch((error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error("it threw nothing");
  return { thrown, lines };
}

describe("what a function of a workflow throws", () => {
  it.each(stepErrorNames)("goes out by its name alone: %s", async (name) => {
    const { thrown, lines } = await thrownBy(() => Promise.reject(new StepError(name, "MARKER")));
    expect(thrown.name).toBe(name);
    expect(allOf(thrown)).not.toContain("MARKER");
    expect(lines).toEqual([]);
  });

  it("goes out so, too, when nobody expected it, and is logged with where it arose", async () => {
    const run = async () => {
      const sent = { sent: "MARKER", $metadata: { httpStatusCode: 400 }, cause: new Error("MARKER") };
      throw Object.assign(new Error("MARKER\n    at MARKER (MARKER:1:1)"), sent, { name: "ValidationException" });
    };
    const { thrown, lines } = await thrownBy(run);
    expect(thrown.name).toBe("ValidationException");
    expect(allOf(thrown)).not.toContain("MARKER");
    expect(thrown.stack).not.toMatch(/^ {4}at /m);
    expect(lines).toEqual([
      {
        event: "function_failed",
        name: "Submit",
        error: "ValidationException",
        at: expect.stringContaining("conceal-errors.test.ts"),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain("MARKER");
  });

  it.each(["a text", undefined, { name: "MARKER" }, Object.assign(new Error("x"), { name: "MARKER and more" })])(
    "goes out as unknown when it is no error, or has no name that could be one: %j",
    async (odd) => {
      const { thrown, lines } = await thrownBy(() => Promise.reject(odd));
      expect(thrown.name).toBe("unknown");
      expect(allOf([thrown, lines])).not.toContain("MARKER");
    },
  );

  it("does not change what is answered", async () => {
    expect(await concealErrors(createRecordingLog().log, "Submit", async () => "answered")).toBe("answered");
  });
});

describe("the functions as they are deployed", () => {
  it("throw nothing but a name, each of them", async () => {
    const variables = ["TABLE_NAME", "CREDENTIALS_PREFIX", "CREATE_CONNECTION_ARN", "DELIVER_WEBHOOK_ARN"];
    for (const name of variables) vi.stubEnv(name, "here");
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "MARKER");
    vi.stubEnv("AWS_REGION", "us-east-1");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    const printed = vi.spyOn(console, "log").mockReturnValue(undefined);
    try {
      const deployed = await import("../../../functions/entries/workflow.ts");
      for (const [name, handler] of Object.entries(deployed)) {
        // Sockets are closed to unit tests, so that whatever reads the table fails.
        const thrown: unknown = await handler({ id: "MARKER", generation: 1 }).catch((error: unknown) => error);
        expect({ name, thrown }).toMatchObject({
          thrown: { message: "the record says more, and the log where it arose" },
        });
        expect(allOf(thrown)).not.toMatch(/MARKER|socket/);
      }
      expect(Object.keys(deployed)).toHaveLength(7);
      expect(JSON.stringify(printed.mock.calls)).not.toMatch(/MARKER|opens no socket/);
      expect(printed).toHaveBeenCalledTimes(7);
    } finally {
      printed.mockRestore();
      vi.unstubAllEnvs();
    }
  });
});

import { describeWorkflows } from "../conformance/workflows.ts";
import { createRecordingWorkflows } from "../fakes/recording-workflows.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const workflows = createRecordingWorkflows();
describeWorkflows("that only note", () => ({
  workflows,
  inputsOf: (workflow, id) =>
    workflows.started
      .filter((run) => run.workflow === workflow && run.id === id)
      .map(({ generation }) => ({ id, generation })),
  finish: async (workflow, run) => workflows.close(workflow, run),
}));

import { describeTurns } from "../conformance/turns.ts";
import { createMemoryTurns } from "../fakes/memory-turns.ts";

// Other tests stand on it, so it must keep to what the real one keeps to.
const turns = createMemoryTurns();
describeTurns("in memory", () => turns);

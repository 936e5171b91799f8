import { describeOpener } from "../conformance/opener.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";

// Other tests stand on it, so it must keep to what the real ones keep to.
describeOpener("in the open", () => ({ opener: plainSealer, sealer: plainSealer }));

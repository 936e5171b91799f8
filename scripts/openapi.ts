// Writes openapi.json from the contract's declarations.
import { writeFileSync } from "node:fs";
import { createDocument } from "./openapi/create-document.ts";

writeFileSync(new URL("../openapi.json", import.meta.url), `${JSON.stringify(createDocument(), undefined, 2)}\n`);

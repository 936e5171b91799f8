import { readFile, writeFile } from "node:fs/promises";
import { type ApiDocument, generateTypes } from "./generate-types.ts";

const document = JSON.parse(await readFile(new URL("../../../openapi.json", import.meta.url), "utf8")) as ApiDocument;
await writeFile(new URL("../src/types.ts", import.meta.url), await generateTypes(document));

import { readFile } from "node:fs/promises";

/** Reads the OpenAPI document: beside the bundle in the cloud, where the build has put it. */
export const createOpenApiReader = (file: URL) => () => readFile(file, "utf8");

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderName } from "../../functions/domain/values.ts";

/** As much of OpenAPI 3.1 as the pages need. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: string | number | boolean;
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  /** What is filled in where the member is absent: everywhere, or by vendor. */
  "x-default"?: string | number | boolean | Partial<Record<ProviderName, string | number | boolean>>;
  "x-alibaba"?: string | string[];
  "x-tencent"?: string | string[];
}

interface Content {
  schema: Schema;
  example?: unknown;
}

export interface Parameter {
  in: "path" | "query" | "header";
  name: string;
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: string | number | boolean | string[];
}

export interface Header {
  description?: string;
  required?: boolean;
  example?: unknown;
}

export interface Answer {
  description: string;
  headers?: Record<string, Header & { $ref?: string }>;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, Answer & { $ref?: string }>;
}

export interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; headers: Record<string, Header>; responses: Record<string, Answer> };
}

/** The committed document, from which the reference is made. */
export function readDocument(root: string): Document {
  return JSON.parse(readFileSync(join(root, "openapi.json"), "utf8")) as Document;
}

/** What a reference names. */
export const nameOf = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);

/** The schema itself, where it is referred to. */
export function resolve(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[nameOf(schema.$ref)];
  if (!found) throw new Error(`openapi.json has no ${schema.$ref}`);
  return resolve(document, found);
}

import { problems } from "../../functions/contract/problems.ts";
import { problemCodes } from "../../functions/domain/errors.ts";
import { describeDefault, describeSchema } from "./describe-schema.ts";
import { type Answer, type Document, nameOf, type Operation, type Parameter, resolve } from "./openapi.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";
import { showJson } from "./show-json.ts";
import { writeSchema } from "./write-schemas.ts";

/** A page for each operation of the document, and one that lists them. */
export function writeOperations(document: Document): Page[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const pages = operations.map((one) => writePage(document, one));
  const lists = document.tags.flatMap(({ name, description }) => {
    const here = operations.filter(({ operation }) => operation.tags[0] === name);
    if (here.length === 0) return [];
    const lines = here.map(
      ({ method, path, operation }) =>
        `- [\`${method} ${path}\`](/docs/routes/${operation.operationId}): ${plain(operation.summary)}`,
    );
    return [`## ${name}`, description, lines.join("\n")];
  });
  const intro = "Every route of the API, with its scope, parameters, body, answers and examples.";
  const list: Page = {
    path: "/docs/routes",
    title: "All routes",
    description: intro,
    group: "Routes",
    markdown: ["# All routes", intro, ...lists].join("\n\n"),
  };
  return [list, ...pages];
}

interface Placed {
  method: string;
  path: string;
  operation: Operation;
}

function writePage(document: Document, placed: Placed): Page {
  const { method, path, operation } = placed;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const title = toWords(operationId);
  const body = requestBody?.content["application/json"];
  const answers = Object.entries(responses);
  const own = answers.filter(([, answer]) => answer.$ref === undefined);
  const markdown = [
    `# ${title}`,
    `\`${method} ${path}\``,
    `${plain(summary)}.`,
    description ?? "",
    "## Example",
    code("sh", toCurl(placed)),
    ...own.flatMap(([status, { content }]) => {
      const example = Object.values(content ?? {})[0]?.example;
      return example === undefined ? [] : [`Answer ${status}:`, code("json", showJson(example))];
    }),
    ...(parameters.length > 0 ? ["## Parameters", parameters.map(writeParameter).join("\n")] : []),
    ...(body
      ? [
          "## Body",
          requestBody.required ? "Required." : "Optional: no body is the same as `{}`.",
          ...(body.schema.$ref?.endsWith("/CreateRequest")
            ? ["[Fields of the create request](/docs/fields)."]
            : writeSchema(document, resolve(document, body.schema))),
        ]
      : []),
    "## Answers",
    ...own.flatMap(([status, answer]) => writeAnswer(document, status, answer)),
    "### Problems",
    answers.flatMap(([status, { $ref }]) => ($ref === undefined ? [] : [writeProblem(Number(status))])).join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
  const group = operation.tags[0] === "Administration" ? "For operators" : "Routes";
  return { path: `/docs/routes/${operationId}`, title, description: `${method} ${path}. ${summary}.`, group, markdown };
}

const code = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

/** `listConnections` → `List connections`. */
function toWords(id: string): string {
  const words = id.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words[0]?.toUpperCase()}${words.slice(1)}`.replace("open api", "OpenAPI document");
}

/** A call that can be pasted once the names in its path are variables of the shell. */
function toCurl({ method, path, operation }: Placed): string {
  const { parameters = [], requestBody, responses, security = [] } = operation;
  const query = parameters
    .filter((parameter) => parameter.in === "query" && exampleOf(parameter) !== undefined)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(String(exampleOf(parameter)))}`)
    .join("&");
  const isPage = Object.values(responses).some(({ content = {} }) => "text/html" in content);
  const names = parameters.filter((parameter) => parameter.in === "path");
  const variables = names
    .map((parameter) => `${toVariable(parameter.name)}=${String(exampleOf(parameter) ?? "…")}\n`)
    .join("");
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${toVariable(name)}`);
  const example = requestBody?.content["application/json"]?.example;
  const json =
    example === undefined
      ? undefined
      : showJson(example)
          .replaceAll("'", String.raw`'\''`)
          .replaceAll("\n", "\n  ");
  return [
    `${variables}curl -sS ${method === "GET" || (method === "POST" && json) ? "" : `-X ${method} `}"$VPN_BROKER_URL${target}${query && `?${query}`}"`,
    ...(security.length > 0 ? ['-H "Authorization: Bearer $VPN_BROKER_API_KEY"'] : []),
    ...(isPage ? ["-H 'Accept: application/json'"] : []),
    ...(json === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${json}'`]),
  ].join(" \\\n  ");
}

const exampleOf = ({ example, schema }: Parameter) => example ?? (schema as Pick<Parameter, "example">).example;
const toVariable = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function writeParameter({ in: place, name, required, description, schema }: Parameter): string {
  const where = { path: "in the path", query: "in the query", header: "header" }[place];
  return `- \`${name}\` (${where}${required ? "" : ", optional"}; ${describeSchema(schema)}${describeDefault(schema)}): ${description ?? schema.description ?? ""}`;
}

function writeAnswer(
  document: Document,
  status: string,
  { description, headers = {}, content = {} }: Answer,
): string[] {
  const types = Object.entries(content);
  const body = types.map(([type, { schema }]) => ({ type, schema }))[0];
  const lines = Object.entries(headers).map(([name, given]) => {
    const header = given.$ref === undefined ? given : document.components.headers[nameOf(given.$ref)];
    return `- \`${name}\`${header?.required ? "" : " (optional)"}: ${header?.description ?? ""}`;
  });
  return [
    `### ${status} ${description}`,
    ...(body
      ? body.schema.$ref === undefined
        ? [`\`${body.type}\`:`, ...writeSchema(document, body.schema)]
        : [`\`${body.type}\`: ${describeSchema(body.schema)}.`]
      : ["No body."]),
    ...(lines.length > 0 ? ["Headers:", lines.join("\n")] : []),
  ];
}

function writeProblem(status: number): string {
  const code = problemCodes.find((one) => problems[one].status === status);
  if (code === undefined) throw new Error(`no problem has the status ${status}`);
  return `- ${status} [\`${code}\`](/docs/errors/${code}): ${problems[code].title}`;
}

/** One file of a planted tree, and the names of the lint rules that must report it. */
export interface PlantedFile {
  path: string;
  source: string;
  rules: string[];
}

const importRule = "no-restricted-imports";
const awsSdk = "@aws-sdk/client-dynamodb";
const alibabaSdk = "@alicloud/openapi-core";
const alibabaModel = "@alicloud/vpc20160428/dist/models/DescribeVpnGatewayRequest.js";
const tencentSdk = "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js";
const tencentModels = "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js";
const turningBack = "./x/../../../../config.ts ./../../../config.ts";

// What each folder must not import, one planted file per specifier; and what some single files must not.
const forbiddenImports: Record<string, string> = {
  "functions/domain": `
    ../api/app.ts ../steps/submit.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts ../dashboard/page.tsx
    ../config.ts ../log.ts ../wiring.ts ../../infra/local/start.ts .. ../domain/../aws/store.ts
    hono node:fs node:process ${awsSdk} ${alibabaSdk} ${tencentSdk}`,
  "functions/domain/rules": "../../aws/store.ts ../../config.ts ../rules/../../aws/store.ts hono",
  "functions/api": `
    ../steps/submit.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts ../providers/alibaba/provider.ts
    ../dashboard/page.tsx ../config.ts ../wiring.ts ./handler.ts ../../test/unit/helper.ts /etc/x.ts
    ./../aws/store.ts ../domain/../aws/store.ts node:fs ${awsSdk}`,
  "functions/api/routes": `../../aws/store.ts ../../config.ts ../handler.ts ../../../infra/local/start.ts ${awsSdk}`,
  "functions/steps": `
    ../api/app.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts ../providers/tencent/provider.ts
    ../dashboard/page.tsx ../config.ts ./handlers.ts hono zod node:timers/promises ${awsSdk} ${alibabaSdk}`,
  "functions/steps/parts": "../../aws/store.ts zod",
  "functions/webhooks": `
    ../api/app.ts ../steps/submit.ts ../aws/store.ts ../providers/registry.ts ../config.ts
    hono node:fs axios ${awsSdk}`,
  "functions/webhooks/parts": "../../steps/submit.ts zod",
  "functions/aws": `
    ../api/app.ts ../steps/submit.ts ../webhooks/send.ts ../providers/registry.ts ../config.ts
    hono node:fs aws-sdk ${alibabaSdk}`,
  "functions/aws/parts": "../../api/app.ts hono",
  "functions/dashboard": `../api/app.ts ../aws/store.ts ../steps/submit.ts ../config.ts zod ${awsSdk}`,
  "functions/dashboard/parts": "../../api/app.ts zod",
  "functions/providers": `../aws/store.ts ../api/app.ts ../config.ts zod ${alibabaSdk} ${tencentSdk}`,
  "functions/providers/alibaba": `
    ../tencent/mapping.ts ../registry.ts ../../aws/store.ts ../../steps/submit.ts ../../config.ts
    ../alibaba/../tencent/mapping.ts hono node:fs ${alibabaSdk} @alicloud/vpc20160428 ${alibabaModel} ${tencentSdk}`,
  "functions/providers/tencent": `../alibaba/mapping.ts ../../api/app.ts ${tencentSdk} ${tencentModels} ${alibabaSdk} ${awsSdk}`,
  "functions/providers/alibaba/deeper": "./other.ts ../mapping.ts",
  "functions/providers/other/client.ts": alibabaSdk,
  "functions/providers/alibaba/client.ts": `
    ../tencent/mapping.ts zod/x/y ${turningBack} ./handler.ts ./handlers.ts @alicloud/vpc20160428 ${tencentSdk}`,
  "functions/providers/alibaba/requests.ts": `
    ../tencent/mapping.ts ${turningBack} ./handler.ts ./handlers.ts ${alibabaSdk} ${tencentModels}
    @alicloud/vpc20160428 @alicloud/vpc20160428/dist/client.js @alicloud/vpc20160428/dist/models/model.js`,
  "functions/providers/tencent/client.ts": `../alibaba/mapping.ts zod/x/y ${turningBack} ./handler.ts ./handlers.ts ${alibabaSdk}`,
  "functions/providers/tencent/requests.ts": `
    ../alibaba/mapping.ts ${turningBack} ./handler.ts ./handlers.ts ${tencentSdk} tencentcloud-sdk-nodejs ${alibabaModel}`,
  "functions/api/a/b": "../../../domain/status.ts",
  "functions/zzz": "./other.ts ../domain/status.ts zod node:crypto",
  functions: "./domain/status.ts zod",
  "functions/config.ts": "./domain/status.ts node:fs hono",
  "functions/log.ts": "node:process node:util ./config.ts ./domain/ports.ts zod",
  "functions/wiring.ts": `../infra/local/start.ts hono ${awsSdk} ${turningBack}`,
  "functions/api/handler.ts": `../../infra/local/start.ts hono ${awsSdk} ${turningBack}`,
  "functions/steps/handlers.ts": `../../test/unit/helper.ts node:fs ${alibabaSdk} ${turningBack}`,
  "functions/a/b/handler.ts": `../../../test/unit/helper.ts ${awsSdk} ${turningBack}`,
  "infra/local/start.ts": "../../test/unit/helper.ts",
  "infra/local/demo.ts": "../../scripts/verify.mjs",
};

// What no folder may import: entry files, and paths that turn back half-way.
const forbiddenEverywhere = ` ./handler.ts ./handlers.ts ${turningBack}`;

const kind = 'export type Kind = "a" | "b";';

// Everything else that must be refused, with the rules that refuse it.
const otherViolations: PlantedFile[] = [
  at("functions/api/type-only.ts", 'export type { Store } from "../aws/store.ts";', importRule),
  at("functions/api/type-import.ts", 'import type { S } from "../aws/store.ts";\nexport type T = S;', importRule),
  at("functions/api/dynamic.ts", 'export const store = import("../aws/store.ts");', importRule),
  at("functions/api/star.ts", 'export * from "../aws/store.ts";', importRule),
  at("functions/api/view.tsx", 'export { store } from "../aws/store.ts";', importRule),
  at("functions/api/script.mjs", 'export { store } from "../aws/store.ts";', importRule),
  at("functions/api/type-query.ts", 'export type T = import("../aws/store.ts").S;', "consistent-type-imports"),
  ...["functions/domain/env.ts", "functions/aws/env.ts", "functions/steps/handler.ts"].map((path) =>
    at(path, "export const port = process.env.PORT;", "no-restricted-globals", "no-process-env"),
  ),
  at("functions/domain/env-taken.ts", "export const { env } = process;", "no-restricted-globals"),
  at("infra/local/env.ts", "export const port = process.env.PORT;", "no-process-env"),
  at("infra/local/env-import.ts", 'export { env } from "node:process";', importRule),
  at("functions/domain/print.ts", 'console.log("x");', "no-console"),
  at("functions/steps/default.ts", "const one = 1;\nexport default one;", "no-default-export"),
  at("functions/domain/SomeName.ts", "export const one = 1;", "filename-case"),
  at("test/unit/some_name.ts", "export const one = 1;", "filename-case"),
  at("workflows/code.ts", "export const one = 1;", "max-lines"),
  at("workflows/code.mjs", "export const one = 1;", "max-lines"),
  at("functions/domain/cycle-a.ts", 'export { b } from "./cycle-b.ts";\nexport const a = 1;', "no-cycle"),
  at("functions/domain/cycle-b.ts", 'export { a } from "./cycle-a.ts";\nexport const b = 1;', "no-cycle"),
  at("functions/steps/floating.ts", "Promise.resolve(1);", "no-floating-promises"),
  at("test/unit/floating.ts", "Promise.resolve(1);", "no-floating-promises"),
  at(
    "functions/steps/misused.ts",
    "[1].forEach(async (one) => { await Promise.resolve(one); });",
    "no-misused-promises",
  ),
  at("functions/steps/awaited.ts", "export const one = await 1;", "await-thenable", "no-unnecessary-await"),
  at(
    "functions/domain/switch.ts",
    `${kind}\nexport function f(kind: Kind): void {\n  switch (kind) { case "a": break; }\n}`,
    "switch-exhaustiveness-check",
  ),
  at("functions/domain/any.ts", "export const x = (y: any): unknown => y;", "no-explicit-any"),
  at(
    "functions/domain/value-import.ts",
    'import { Kind } from "./kind.ts";\nexport type K = Kind;',
    "consistent-type-imports",
  ),
];

/** Files that must be refused, each with the rules that refuse it. */
export const refused: PlantedFile[] = Object.entries(forbiddenImports)
  .flatMap(([place, specifiers]) =>
    place.endsWith(".ts")
      ? [{ ...imports(place, specifiers), rules: words(specifiers).map(() => importRule) }]
      : words(specifiers + forbiddenEverywhere).map((specifier, index) => ({
          ...imports(`${place}/planted-${index}.ts`, specifier),
          rules: [importRule],
        })),
  )
  .concat(otherViolations);

const domainPackages = "zod zod/mini ipaddr.js node:crypto";
const apiPackages = "hono hono/cors @hono/zod-validator zod zod/mini";
const webhookPackages = "standardwebhooks node:dns node:dns/promises node:net node:http node:https undici";
const lambda = "hono/aws-lambda aws-lambda";
const cloudImports = "./errors.ts ../../domain/status.ts zod zod/mini node:crypto";

/** At least one file per folder, with all that its folder may import: no rule may report them. */
export const permitted: PlantedFile[] = [
  imports("functions/domain/good.ts", `./other.ts ./rules/good.ts ${domainPackages}`),
  imports("functions/domain/rules/good.ts", `./other.ts ../other.ts ../rules/other.ts ${domainPackages}`),
  at("functions/domain/kind.ts", kind),
  at(
    "functions/domain/total.ts",
    `${kind}\nexport function f(kind: Kind): number {\n  switch (kind) {\n    case "a": return 1;\n    case "b": return 2;\n  }\n}`,
  ),
  at("functions/config.ts", 'import * as z from "zod";\nexport const port = z.string().parse(process.env.PORT);'),
  at("functions/log.ts", 'export * from "./domain/log.ts";\nconsole.log(process.pid);'),
  imports("functions/api/good.ts", `./routes/good.ts ../domain/status.ts ${apiPackages}`),
  imports("functions/api/routes/good.ts", `./x.ts ../problem.ts ../../domain/rules/x.ts ${apiPackages}`),
  imports("functions/steps/good.ts", "./step-error.ts ../domain/status.ts ../domain/rules/x.ts"),
  imports("functions/steps/parts/good.ts", "./x.ts ../step-error.ts ../../domain/status.ts"),
  imports("functions/webhooks/good.ts", `./sign.ts ../domain/status.ts ${webhookPackages}`),
  imports("functions/webhooks/parts/good.ts", `./x.ts ../sign.ts ../../domain/status.ts ${webhookPackages}`),
  imports("functions/aws/good.ts", `./keys.ts ../domain/status.ts node:crypto ${awsSdk}`),
  imports("functions/aws/parts/good.ts", `./x.ts ../keys.ts ../../domain/status.ts node:crypto ${awsSdk}`),
  imports("functions/dashboard/good.tsx", "./table.tsx ../domain/status.ts hono hono/jsx"),
  imports("functions/dashboard/parts/good.tsx", "./x.tsx ../table.tsx ../../domain/status.ts hono hono/jsx"),
  imports("functions/providers/good.ts", "./other.ts ./alibaba/provider.ts ../domain/status.ts"),
  imports("functions/providers/alibaba/good.ts", cloudImports),
  imports("functions/providers/tencent/good.ts", cloudImports),
  imports("functions/providers/alibaba/client.ts", `${cloudImports} ${alibabaSdk} @darabonba/typescript`),
  imports("functions/providers/tencent/client.ts", `${cloudImports} ${tencentSdk} tencentcloud-sdk-nodejs`),
  imports("functions/providers/alibaba/requests.ts", `./errors.ts ../../domain/status.ts ${alibabaModel}`),
  imports("functions/providers/tencent/requests.ts", `./errors.ts ../../domain/status.ts ${tencentModels}`),
  imports("functions/api/handler.ts", `./app.ts ../wiring.ts ../dashboard/page.tsx ${lambda}`),
  imports("functions/steps/handlers.ts", `./submit.ts ../aws/store.ts ../providers/tencent/provider.ts ${lambda}`),
  imports("functions/webhooks/handler.ts", "./send.ts ../aws/store.ts ../log.ts"),
  imports("functions/dashboard/handler.ts", "../api/app.ts ../aws/store.ts ../config.ts hono/aws-lambda"),
  imports("functions/providers/alibaba/handlers.ts", `./x.ts ../../aws/store.ts ../tencent/provider.ts ${lambda}`),
  imports("functions/wiring.ts", `./aws/store.ts ./config.ts ./log.ts ${lambda}`),
  imports("functions/handler.ts", `./api/app.ts ./providers/alibaba/provider.ts ${lambda}`),
  at("infra/local/environment.ts", "export const port = process.env.PORT;"),
  imports("infra/local/good.ts", "../../functions/aws/store.ts ./engine.ts @hono/node-server dynalite node:fs"),
  imports("test/unit/good.ts", "../../functions/aws/store.ts ../../infra/local/start.ts ../../scripts/x.mjs vitest"),
  at("test/unit/env.ts", "export const home = process.env.HOME;"),
  at("scripts/good.mjs", "console.log(process.env.HOME);"),
  at("workflows/good.asl.json", "{}"),
];

function at(path: string, source: string, ...rules: string[]): PlantedFile {
  return { path, source, rules };
}

function imports(path: string, specifiers: string): PlantedFile {
  const lines = words(specifiers).map((specifier, index) => `export { x as x${index} } from "${specifier}";`);
  return at(path, lines.join("\n"));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

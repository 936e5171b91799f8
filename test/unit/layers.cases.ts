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
    ../api/app.ts ../steps/run.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts ../contract/route.ts
    ../entries/config.ts ../entries/log.ts ../../local/start.ts .. ../domain/../aws/store.ts
    ./connections/accept-connection.ts hono node:fs node:process ${awsSdk} ${alibabaSdk} ${tencentSdk}`,
  "functions/domain/rules": "../../aws/store.ts ../../entries/config.ts ../rules/../../aws/store.ts hono",
  "functions/domain/record": "../connections/cancel-connection.ts ../../contract/route.ts",
  "functions/domain/tenants": "../connections/get-connection.ts",
  "functions/domain/connections": "../../steps/run.ts ../../aws/store.ts ../../contract/route.ts hono",
  "functions/contract": `
    ../api/app.ts ../aws/store.ts ../steps/run.ts ../providers/registry.ts ../entries/config.ts hono node:crypto node:fs
    ${awsSdk}`,
  "functions/contract/routes": "../../api/app.ts ../../entries/config.ts hono node:crypto",
  "functions/api": `
    ../steps/run.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts ../providers/alibaba/provider.ts
    ../entries/config.ts ../entries/wiring.ts ../../test/unit/helper.ts /etc/x.ts
    ./../aws/store.ts ../domain/../aws/store.ts node:fs ${awsSdk}`,
  "functions/api/routes": `../../aws/store.ts ../../entries/config.ts ../../../local/start.ts ${awsSdk}`,
  "functions/steps": `
    ../api/app.ts ../contract/route.ts ../webhooks/send.ts ../aws/store.ts ../providers/registry.ts
    ../providers/tencent/provider.ts ../entries/config.ts hono zod node:timers/promises ${awsSdk} ${alibabaSdk}`,
  "functions/steps/submit": "../../aws/store.ts zod",
  "functions/webhooks": `
    ../api/app.ts ../contract/route.ts ../steps/run.ts ../aws/store.ts ../providers/registry.ts ../entries/config.ts
    hono node:fs axios ${awsSdk}`,
  "functions/webhooks/parts": "../../steps/run.ts zod",
  "functions/aws": `
    ../api/app.ts ../contract/route.ts ../steps/run.ts ../webhooks/send.ts ../providers/registry.ts ../entries/config.ts
    hono node:fs aws-sdk ${alibabaSdk}`,
  "functions/aws/parts": "../../api/app.ts hono",
  "functions/providers": `../aws/store.ts ../api/app.ts ../contract/route.ts ../entries/config.ts zod node:diagnostics_channel ${alibabaSdk} ${tencentSdk}`,
  "functions/providers/clock-skew.ts": `../aws/store.ts ../entries/config.ts zod node:fs ${turningBack} ${tencentSdk}`,
  "functions/providers/alibaba": `
    ../tencent/mapping.ts ../registry.ts ../../aws/store.ts ../../steps/run.ts ../../entries/config.ts
    ../alibaba/../tencent/mapping.ts hono node:fs ${alibabaSdk} @alicloud/vpc20160428 ${alibabaModel} ${tencentSdk}`,
  "functions/providers/tencent": `../alibaba/mapping.ts ../../api/app.ts ${tencentSdk} ${tencentModels} ${alibabaSdk} ${awsSdk}`,
  "functions/providers/alibaba/deeper": "./other.ts ../mapping.ts",
  "functions/providers/other/client.ts": alibabaSdk,
  "functions/providers/alibaba/client.ts": `
    ../tencent/mapping.ts zod/x/y ${turningBack} @alicloud/vpc20160428 ${tencentSdk}`,
  "functions/providers/alibaba/requests.ts": `
    ../tencent/mapping.ts ${turningBack} ${alibabaSdk} ${tencentModels}
    @alicloud/vpc20160428 @alicloud/vpc20160428/dist/client.js @alicloud/vpc20160428/dist/models/model.js`,
  "functions/providers/tencent/client.ts": `../alibaba/mapping.ts zod/x/y ${turningBack} ${alibabaSdk}`,
  "functions/providers/tencent/requests.ts": `
    ../alibaba/mapping.ts ${turningBack} ${tencentSdk} tencentcloud-sdk-nodejs ${alibabaModel}`,
  "functions/api/a/b": "../../../domain/values.ts",
  "functions/zzz": "./other.ts ../domain/values.ts zod node:crypto",
  functions: "./domain/values.ts zod",
  "functions/entries": `../../local/start.ts ../../packages/cli/src/text/table.ts hono node:fs ${awsSdk}`,
  "functions/entries/config.ts": "../domain/values.ts ../api/app.ts node:fs hono",
  "functions/entries/log.ts": "node:process node:util ../api/app.ts ../domain/ports.ts zod",
  "functions/entries/read-asset.ts": "node:fs node:process ../api/app.ts ../domain/ports.ts zod",
  "local/start.ts": "../test/unit/helper.ts ../scripts/verify.mjs ../packages/simulators/src/process.ts",
  "local/demo/follow.ts": "../../test/unit/helper.ts",
  "packages/cli/src/admin/admin.ts":
    "../../../../local/stack.ts ../../../simulators/src/process.ts ../../../../test/unit/x.ts",
  "packages/simulators/src/process.ts":
    "../../../functions/domain/values.ts ../../cli/src/text/table.ts ../../../local/stack.ts",
  "packages/client/src/client.ts":
    "../../../functions/domain/values.ts ../../cli/src/text/table.ts ../scripts/write-types.ts standardwebhooks zod node:fs",
  "packages/client/src/webhooks.ts": "../../../functions/domain/values.ts ../scripts/write-types.ts zod node:crypto",
  "packages/dashboard/src/main.tsx":
    "../../../functions/domain/values.ts ../../client/src/client.ts @vpn-broker/client/webhooks zod node:fs react",
  "packages/dashboard/src/list/csv.ts": "../../../../functions/contract/routes.ts ../../../client/src/client.ts zod",
  "packages/simulators/src/alibaba/rules.ts": "../../../../functions/domain/values.ts",
};

// What no folder may import: paths that turn back half-way.
const forbiddenEverywhere = ` ${turningBack}`;

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
  ...["functions/domain/env.ts", "functions/aws/env.ts", "functions/entries/api.ts"].map((path) =>
    at(path, "export const port = process.env.PORT;", "no-restricted-globals", "no-process-env"),
  ),
  at("functions/domain/env-taken.ts", "export const { env } = process;", "no-restricted-globals"),
  at("local/env.ts", "export const port = process.env.PORT;", "no-process-env"),
  at("local/env-import.ts", 'export { env } from "node:process";', importRule),
  at("functions/domain/print.ts", 'console.log("x");', "no-console"),
  at("functions/steps/default.ts", "const one = 1;\nexport default one;", "no-default-export"),
  at("functions/domain/SomeName.ts", "export const one = 1;", "filename-case"),
  at("test/unit/some_name.ts", "export const one = 1;", "filename-case"),
  at("workflows/code.ts", "export const one = 1;", "max-lines"),
  at("workflows/code.mjs", "export const one = 1;", "max-lines"),
  at("infra/code.ts", "export const one = 1;", "max-lines"),
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
const dashboardPackages = "preact preact/hooks @preact/signals @vpn-broker/client";
const cloudImports = "./errors.ts ../../domain/values.ts zod zod/mini node:crypto";

/** At least one file per folder, with all that its folder may import: no rule may report them. */
export const permitted: PlantedFile[] = [
  imports("functions/domain/good.ts", `./other.ts ./rules/good.ts ./record/status.ts ${domainPackages}`),
  imports("functions/domain/rules/good.ts", `./other.ts ../other.ts ../rules/other.ts ${domainPackages}`),
  imports("functions/domain/record/good.ts", `./other.ts ../provider/provider.ts ${domainPackages}`),
  imports("functions/domain/connections/good.ts", `./other.ts ../record/turn.ts ../ports.ts ${domainPackages}`),
  at("functions/domain/kind.ts", kind),
  at(
    "functions/domain/total.ts",
    `${kind}\nexport function f(kind: Kind): number {\n  switch (kind) {\n    case "a": return 1;\n    case "b": return 2;\n  }\n}`,
  ),
  imports("functions/contract/good.ts", "./routes/x.ts ../domain/values.ts ../domain/record/status.ts zod zod/mini"),
  imports("functions/contract/routes/good.ts", "./x.ts ../route.ts ../../domain/record/status.ts zod zod/mini"),
  imports("functions/api/good.ts", `./routes/good.ts ../contract/route.ts ../domain/values.ts ${apiPackages}`),
  imports(
    "functions/api/routes/good.ts",
    `./x.ts ../env.ts ../../contract/routes/x.ts ../../domain/rules/x.ts ${apiPackages}`,
  ),
  imports("functions/steps/good.ts", "./run.ts ../domain/values.ts ../domain/rules/x.ts"),
  imports("functions/steps/submit/good.ts", "./x.ts ../run.ts ../../domain/values.ts"),
  imports("functions/webhooks/good.ts", `./sign.ts ../domain/values.ts ${webhookPackages}`),
  imports("functions/webhooks/parts/good.ts", `./x.ts ../sign.ts ../../domain/values.ts ${webhookPackages}`),
  imports("functions/aws/good.ts", `./keys.ts ../domain/values.ts node:crypto ${awsSdk}`),
  imports("functions/aws/parts/good.ts", `./x.ts ../keys.ts ../../domain/values.ts node:crypto ${awsSdk}`),
  imports("functions/providers/good.ts", "./other.ts ./alibaba/provider.ts ../domain/values.ts"),
  imports("functions/providers/clock-skew.ts", "./other.ts ../domain/values.ts node:diagnostics_channel"),
  imports("functions/providers/alibaba/good.ts", cloudImports),
  imports("functions/providers/tencent/good.ts", cloudImports),
  imports("functions/providers/alibaba/client.ts", `${cloudImports} ${alibabaSdk} @darabonba/typescript`),
  imports("functions/providers/tencent/client.ts", `${cloudImports} ${tencentSdk} tencentcloud-sdk-nodejs`),
  imports("functions/providers/alibaba/requests.ts", `./errors.ts ../../domain/values.ts ${alibabaModel}`),
  imports("functions/providers/tencent/requests.ts", `./errors.ts ../../domain/values.ts ${tencentModels}`),
  imports("functions/entries/good.ts", `./wiring.ts ../api/app.ts ../aws/store.ts ../steps/submit/submit.ts ${lambda}`),
  at(
    "functions/entries/config.ts",
    'import * as z from "zod";\nexport const port = z.string().parse(process.env.PORT);',
  ),
  imports("functions/entries/read-asset.ts", "../api/env.ts node:fs/promises"),
  at("functions/entries/log.ts", 'export * from "../domain/log.ts";\nconsole.log(process.pid);'),
  at("local/environment.ts", "export const port = process.env.PORT;"),
  imports(
    "local/good.ts",
    "../functions/aws/store.ts ./engine.ts @hono/node-server @vpn-broker/cli/table dynalite node:fs",
  ),
  at("packages/cli/src/environment.ts", "export const port = process.env.PORT;"),
  imports("packages/cli/src/admin/good.ts", "../../../../functions/contract/route.ts ../text/table.ts zod node:fs"),
  imports("packages/client/src/good.ts", "./errors.ts"),
  imports("packages/dashboard/src/good.tsx", `./app/app.tsx ${dashboardPackages}`),
  imports("packages/dashboard/src/list/good.tsx", `./filters.ts ../app/session.ts ${dashboardPackages}`),
  imports("packages/client/src/webhooks.ts", "./errors.ts standardwebhooks"),
  imports("packages/simulators/src/alibaba/good.ts", "../rules.ts ./server.ts hono zod node:fs"),
  imports("test/unit/good.ts", "../../functions/aws/store.ts ../../local/start.ts ../../scripts/x.mjs vitest"),
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

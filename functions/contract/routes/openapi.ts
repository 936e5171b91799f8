import * as z from "zod";
import { defineRoute } from "../route.ts";
import { noBody } from "../schemas/values.ts";

const document = z
  .looseObject({
    openapi: z.string().regex(/^3\.1\.\d+$/),
    info: z.looseObject({ title: z.string(), version: z.string() }),
  })
  .meta({ id: "OpenApiDocument" });

export const getOpenApi = defineRoute({
  method: "GET",
  path: "/openapi.json",
  app: "api",
  scope: "public",
  summary: "This document",
  takes: ["If-None-Match"],
  answers: { 200: document, 304: noBody },
  gives: { 200: ["ETag"], 304: ["ETag"] },
  examples: { answers: { 200: { openapi: "3.1.0", info: { title: "VPN broker", version: "0.1.0" }, paths: {} } } },
});

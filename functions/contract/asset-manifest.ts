import * as z from "zod";

const served = z.strictObject({
  /** In the asset's folder, or with `.br` and `.gz` behind it. */
  file: z.string().regex(/^[\w-][\w.-]*$/),
  type: z.string(),
  hash: z.string().regex(/^[0-9a-f]{16,64}$/),
  immutable: z.boolean(),
  encodings: z.array(z.enum(["br", "gzip"])),
});

/** Everything that an asset serves, by path: made by the build beside the files, read by the API. */
export const assetManifest = z.strictObject({
  inputs: z.string(),
  files: z.record(z.string().startsWith("/"), served),
});
export type AssetManifest = z.infer<typeof assetManifest>;
export type ServedFile = z.infer<typeof served>;

/** What a file is called behind its name for each way that it is compressed. */
export const encodingSuffixes = { br: ".br", gzip: ".gz" } as const;

/** Files for people's browsers that are made at build time: the docs, and whatever else the API serves as it stands. */
export interface Asset {
  /** Its folder in `dist/api`, and what a person calls it. */
  name: string;
  /** Files and folders, relative to the root of the repository: what their content is decides whether it is stale. */
  inputs: readonly string[];
  /** Packages of which another version may make something else. */
  tools: readonly string[];
  /** Loaded only when it is stale. */
  build: (root: string) => Promise<readonly AssetFile[]>;
}

export interface AssetFile {
  /** Where it is served, from the root of the API: `/docs/webhooks`. */
  path: string;
  /** Its `Content-Type`. */
  type: string;
  body: string | Uint8Array;
  /** Whether its path changes with its content, so that a browser may keep it for good. */
  immutable?: boolean;
}

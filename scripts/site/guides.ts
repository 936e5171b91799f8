import type { Group } from "./page.ts";

/** A page that people write, from its own source. */
export interface Guide {
  /** From the root of the repository. */
  source: string;
  path: string;
  group: Group;
  /** What the navigation calls it, where its heading is too long. */
  short?: string;
  /** Of a page for those who work on the broker too: the parts that callers need, by their headings. */
  parts?: readonly string[];
}

const own = (name: string, group: Group, short?: string): Guide => ({
  source: `docs/site/${name}.md`,
  path: name === "index" ? "/docs" : `/docs/${name}`,
  group,
  ...(short === undefined ? {} : { short }),
});

/** In the order of the navigation, less what is made from the contract. */
export const guides: readonly Guide[] = [
  own("index", "Start", "Overview"),
  own("getting-started", "Start"),
  own("local", "Start"),
  own("examples", "Guides"),
  own("client", "Guides", "TypeScript client"),
  own("cli", "Guides", "Command line"),
  own("client-tokens", "Guides"),
  own("statuses", "Guides", "Statuses"),
  own("webhooks", "Guides"),
  own("finding", "Guides", "Finding requests"),
  own("dry-runs", "Guides", "Dry runs"),
  own("pre-shared-keys", "Guides"),
  own("vendors", "Guides", "The two vendors"),
  own("tenants", "For operators"),
  own("errors", "Reference"),
  own("limits", "Reference"),
  { source: "docs/permissions.md", path: "/docs/permissions", group: "Reference", short: "Vendor permissions" },
  {
    source: "docs/glossary.md",
    path: "/docs/glossary",
    group: "Reference",
    parts: ["Of a request", "Of vendors", "Of tenants and secrets", "Of webhooks"],
  },
];

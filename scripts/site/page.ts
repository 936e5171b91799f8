/** Groups of the navigation, in its order. */
export const groups = ["Start", "Guides", "Reference", "Routes", "For operators"] as const;
export type Group = (typeof groups)[number];

/** One page of the docs, before it is dressed: its text is Markdown, which is served beside it. */
export interface Page {
  /** Where it is served: `/docs/webhooks`. Pages have no slash at the end, so that relative links are the same everywhere. */
  path: string;
  title: string;
  /** One sentence, for llms.txt and for search engines. */
  description: string;
  /** Absent = not in the navigation. */
  group?: Group;
  /** What the navigation calls it, where the title is too long. */
  short?: string;
  markdown: string;
}

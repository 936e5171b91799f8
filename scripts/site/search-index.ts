import type { Page } from "./page.ts";
import type { Rendered } from "./render-markdown.ts";

/** So much of each section is searched. */
const maxWords = 400;

/** One row per heading: its place behind `/docs`, page, heading, words; short, because a browser loads it whole. */
export function toSearchIndex(rendered: readonly { page: Page; content: Rendered }[]): string {
  const rows = rendered
    .filter(({ page }) => !page.path.endsWith("/not-found"))
    .flatMap(({ page, content }) =>
      content.sections.map(({ heading, words }) => {
        const place = page.path.slice("/docs".length);
        const anchor = heading.level === 1 ? "" : `#${heading.id}`;
        return [`${place}${anchor}`, page.title, heading.text, words.slice(0, maxWords)];
      }),
    );
  return JSON.stringify(rows);
}

import { markdownPath } from "./layout.ts";
import { relativeLink } from "./links.ts";
import { groups, type Page } from "./page.ts";

/** The docs for programs that read (llmstxt.org): what there is, with a link to the Markdown of each page. */
export function writeLlms(pages: readonly Page[], from: string): string {
  const line = ({ path, title, description }: Page) =>
    `- [${title}](${relativeLink(from, markdownPath(path))}): ${description}`;
  const start = pages.find(({ path }) => path === "/docs");
  const sections = groups.map((group) => {
    const lines = pages.filter((page) => page.group === group && page !== start).map(line);
    return [`## ${group}`, "", ...lines].join("\n");
  });
  const errors = pages.filter(({ path }) => path.startsWith("/docs/errors/")).map(line);
  return [
    "# VPN broker",
    `> ${start?.description ?? ""}`,
    `Send JSON to \`/v1\` of the server that this file is on, with \`Authorization: Bearer <api key>\`. [The OpenAPI 3.1 document](${relativeLink(from, "/openapi.json")}) is the same contract for programs.`,
    ...sections,
    ["## Error codes", "", ...errors].join("\n"),
    "",
  ].join("\n\n");
}

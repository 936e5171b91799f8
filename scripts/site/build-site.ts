import type { AssetFile } from "../assets/asset.ts";
import { bundleBrowser } from "./bundle-browser.ts";
import { collectPages } from "./collect-pages.ts";
import { layOut, markdownPath } from "./layout.ts";
import { relativeLink } from "./links.ts";
import { writeLlms } from "./llms.ts";
import type { Page } from "./page.ts";
import { type Rendered, renderMarkdown } from "./render-markdown.ts";
import { toSearchIndex } from "./search-index.ts";

const html = "text/html; charset=utf-8";
const markdown = "text/markdown; charset=utf-8";
const plain = "text/plain; charset=utf-8";

/** Every file of the docs: pages, their Markdown, what they load, llms.txt. Throws for a link that leads nowhere. */
export async function buildSite(root: string): Promise<AssetFile[]> {
  const pages = await collectPages(root);
  const rendered = pages.map((page) => ({ page, content: render(page) }));
  const { parts, files } = await bundleBrowser(toSearchIndex(rendered));
  return [
    ...rendered.map(({ page, content }) => ({
      path: page.path,
      type: html,
      body: layOut(page, content, pages, parts),
    })),
    ...pages.map((page) => ({ path: markdownPath(page.path), type: markdown, body: toServedMarkdown(page, pages) })),
    { path: "/llms.txt", type: plain, body: writeLlms(pages, "/llms.txt") },
    { path: "/docs/llms.txt", type: plain, body: writeLlms(pages, "/docs/llms.txt") },
    ...files,
  ];
}

function render({ path, markdown: text }: Page): Rendered {
  try {
    return renderMarkdown(text, (href) => (isSiteLink(href) ? relativeLink(path, href) : href));
  } catch (error) {
    // The renderer adds to whom it would like to be reported.
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    throw new Error(`${path}: ${reason}`, { cause: error });
  }
}

const isSiteLink = (href: string) => href.startsWith("/");

/** The text as it stands, with links that lead from one Markdown to the next. */
function toServedMarkdown({ path, markdown: text }: Page, pages: readonly Page[]): string {
  const from = markdownPath(path);
  return text
    .replaceAll(/^(#+ .*?)\s*\{#[\w.-]+\}$/gm, "$1")
    .replaceAll(/\]\((\/[^)#\s]*)(#[^)\s]*)?\)/g, (_, to: string, anchor = "") => {
      const isPage = pages.some((page) => page.path === to);
      return `](${relativeLink(from, isPage ? markdownPath(to) : to)}${String(anchor)})`;
    });
}

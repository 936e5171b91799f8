import { escapeHtml } from "./highlight.ts";
import { relativeLink } from "./links.ts";
import { groups, type Page } from "./page.ts";
import type { Rendered } from "./render-markdown.ts";

/** Where the parts of every page are: their names change with their content. */
export interface Parts {
  style: string;
  script: string;
  theme: string;
  icon: string;
  search: string;
}

/** A page as it is served: without script it is all there; copying, searching and the switch of colours come with it. */
export function layOut(page: Page, { html, headings }: Rendered, pages: readonly Page[], parts: Parts): string {
  const link = (to: string) => escapeHtml(relativeLink(page.path, to));
  const contents = headings.filter(({ level }) => level === 2);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.path === "/docs" ? "VPN broker docs" : `${escapeHtml(page.title)} – VPN broker`}</title>
<meta name="description" content="${escapeHtml(page.description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${link(parts.icon)}" type="image/svg+xml">
<link rel="alternate" href="${link(markdownPath(page.path))}" type="text/markdown">
<link rel="stylesheet" href="${link(parts.style)}">
<script src="${link(parts.theme)}"></script>
<script src="${link(parts.script)}" type="module"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="top">
<a class="brand" href="${link("/docs")}">VPN broker <span>docs</span></a>
<search class="search" hidden data-index="${link(parts.search)}" data-root="${rootFrom(page.path)}">
<label for="search">Search</label>
<input id="search" type="search" autocomplete="off" placeholder="Search" aria-keyshortcuts="/" aria-describedby="search-state">
<kbd aria-hidden="true">/</kbd>
<p id="search-state" class="visually-hidden" role="status"></p>
<ul id="search-results" aria-label="Search results" hidden></ul>
</search>
<button class="theme" type="button" hidden>Theme</button>
<a class="menu" href="#nav">Menu</a>
</header>
<div class="columns">
<nav id="nav" class="nav" aria-label="Pages">
<a class="close" href="#main">Close the menu</a>
${navigation(page, pages, link)}
</nav>
<main id="main" tabindex="-1">
<article>
${html}</article>
<footer><a href="${link(markdownPath(page.path))}">This page as Markdown</a> <a href="${link("/docs/llms.txt")}">llms.txt</a> <a href="${link("/openapi.json")}">openapi.json</a></footer>
</main>
${contents.length < 2 ? "" : tableOfContents(contents)}
</div>
</body>
</html>
`;
}

/** The way from a page to the folder of all, to which the search adds a page's path. */
function rootFrom(path: string): string {
  const depth = path.split("/").length - 3;
  return depth < 0 ? "docs" : [".", ...Array<string>(depth).fill("..")].join("/");
}

/** Where a page's Markdown is served. */
export function markdownPath(path: string): string {
  return path === "/docs" ? "/docs/index.md" : `${path}.md`;
}

function navigation(page: Page, pages: readonly Page[], link: (to: string) => string): string {
  return groups
    .map((group) => {
      const items = pages
        .filter((one) => one.group === group)
        .map((one) => {
          const current = one.path === page.path ? ' aria-current="page"' : "";
          return `<li><a href="${link(one.path)}"${current}>${escapeHtml(one.short ?? one.title)}</a></li>`;
        });
      return `<h2>${group}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
    })
    .join("\n");
}

function tableOfContents(headings: Rendered["headings"]): string {
  const items = headings.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<aside class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join("")}</ul></aside>`;
}

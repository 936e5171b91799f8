import { Marked, type Token, type Tokens } from "marked";
import { escapeHtml, highlight } from "./highlight.ts";
import { slugOf } from "./links.ts";

export interface Heading {
  level: number;
  /** As a reader sees it. */
  text: string;
  id: string;
}

/** What is under a heading, for the search: words only. */
export interface Section {
  heading: Heading;
  words: string;
}

export interface Rendered {
  html: string;
  headings: Heading[];
  sections: Section[];
}

/** `## Text {#id}` gives a heading an anchor of its own, where its words make none that can be read. */
const ownId = /\s*\{#([\w.-]+)\}$/;

/** A page's Markdown as HTML. Throws for HTML in it, and for two headings of one anchor. */
export function renderMarkdown(markdown: string, resolveLink: (href: string) => string): Rendered {
  const headings: Heading[] = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const heading = toHeading(tokens, depth, text);
        if (headings.some(({ id }) => id === heading.id)) throw new Error(`two headings have the anchor ${heading.id}`);
        headings.push(heading);
        const html = this.parser.parseInline(tokens).replace(ownId, "");
        if (depth === 1) return `<h1>${html}</h1>\n`;
        const label = escapeHtml(`Link to ${heading.text}`);
        return `<h${depth} id="${heading.id}">${html} <a class="anchor" href="#${heading.id}" aria-label="${label}">#</a></h${depth}>\n`;
      },
      code({ text, lang }) {
        const [language, ...options] = (lang ?? "").split(/\s+/);
        const title = options.find((option) => option.startsWith("title="))?.slice("title=".length);
        const caption = title === undefined ? "" : `<figcaption>${escapeHtml(title)}</figcaption>`;
        // A drawing is looked at.
        const kind = language === "text" ? "code drawing" : "code";
        const body = `<pre tabindex="0"><code>${highlight(text, language)}</code></pre>`;
        return `<figure class="${kind}">${caption}${body}</figure>\n`;
      },
      table(token) {
        const row = (cells: Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("")}</tr>`;
        const head = row(token.header, 'th scope="col"').replaceAll('</th scope="col">', "</th>");
        const body = token.rows.map((cells) => row(cells, "td")).join("\n");
        const scroll = `<div class="table" role="region" aria-label="Table ${headings.length}.${token.raw.length}" tabindex="0">`;
        return `${scroll}<table><thead>${head}</thead><tbody>${body}</tbody></table></div>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escapeHtml(resolveLink(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      html({ raw }) {
        throw new Error(`a page has HTML in it, which is not looked at: ${raw.trim()}`);
      },
      image({ href }) {
        throw new Error(`a page has an image, for which there is no place yet: ${href}`);
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  return { html, headings, sections: toSections(marked.lexer(markdown)) };
}

function toHeading(tokens: Token[], level: number, raw: string): Heading {
  const id = ownId.exec(raw)?.[1];
  const text = wordsOf(tokens).replace(ownId, "").trim();
  return { level, text, id: id ?? slugOf(text) };
}

/** The page cut at its headings. */
function toSections(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [];
  for (const token of tokens) {
    if (token.type === "heading") {
      const { tokens: inline, depth, text } = token as Tokens.Heading;
      sections.push({ heading: toHeading(inline, depth, text), words: "" });
    }
    const last = sections.at(-1);
    if (last && token.type !== "heading" && token.type !== "code") last.words += ` ${wordsOf([token])}`;
  }
  return sections.map(({ heading, words }) => ({ heading, words: words.replaceAll(/\s+/g, " ").trim() }));
}

/** What a reader sees of it. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "table") {
        const { header, rows } = token as Tokens.Table;
        return [header, ...rows]
          .flat()
          .map((cell) => wordsOf(cell.tokens))
          .join(" ");
      }
      if (token.type === "list") return (token as Tokens.List).items.map((item) => wordsOf(item.tokens)).join(" ");
      if ("tokens" in token && token.tokens) return wordsOf(token.tokens);
      return "text" in token && typeof token.text === "string" ? token.text : " ";
    })
    .join("");
}

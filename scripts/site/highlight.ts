/** What a part of a program's text is, in the order of trying. */
type Rules = readonly (readonly [kind: string, pattern: RegExp])[];

const text = /"(?:\\.|[^"\\\n])*"/;
const number = /\b\d[\d_.]*\b/;

const languages: Readonly<Record<string, Rules>> = {
  json: [
    ["name", /"(?:\\.|[^"\\\n])*"(?=\s*:)/],
    ["string", text],
    ["number", /-?\b\d[\d.]*\b/],
    ["keyword", /\b(?:true|false|null)\b/],
  ],
  sh: [
    ["comment", /(?<=^|\s)#.*/m],
    ["variable", /\$\w+|\$\{\w+\}/],
    ["string", /"(?:\\.|[^"\\\n])*"|'[^']*'/],
    ["keyword", /\b(?:curl|export|until|do|done|if|then|fi|break|npm|node|pip|python3)\b/],
  ],
  ts: [
    ["comment", /\/\/.*|\/\*[^]*?\*\//],
    ["string", /"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/],
    [
      "keyword",
      /\b(?:import|from|export|const|let|function|async|await|return|if|else|for|of|while|new|throw|try|catch|true|false|undefined|interface|type|as)\b/,
    ],
    ["number", number],
  ],
  python: [
    ["comment", /#.*/],
    ["string", /"""[^]*?"""|b?"(?:\\.|[^"\\\n])*"|b?'(?:\\.|[^'\\\n])*'/],
    [
      "keyword",
      /\b(?:import|from|def|return|if|not|in|for|while|with|as|raise|try|except|class|and|or|True|False|None|any|async|await)\b/,
    ],
    ["number", number],
  ],
  http: [
    ["keyword", /^(?:GET|POST|PUT|HTTP\/1\.1)(?= )/m],
    ["name", /^[\w-]+(?=: )/m],
  ],
};

export const escapeHtml = (raw: string) =>
  raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A program's text as HTML, its parts in spans with their kind as class; plain where the language is not known. */
export function highlight(code: string, language: string | undefined): string {
  const rules = languages[language === "jsonc" ? "json" : (language ?? "")];
  if (!rules) return escapeHtml(code);
  const pattern = new RegExp(rules.map(([kind, rule]) => `(?<${kind}>${rule.source})`).join("|"), "gm");
  let html = "";
  let last = 0;
  for (const match of code.matchAll(pattern)) {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0] ?? "";
    html += `${escapeHtml(code.slice(last, match.index))}<span class="${kind}">${escapeHtml(match[0])}</span>`;
    last = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(last));
}

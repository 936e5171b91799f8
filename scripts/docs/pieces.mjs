// The parts of a Markdown text that can be held against the code: inline code, fenced blocks line by line, links, headings.

export function readPieces(text) {
  const pieces = [];
  let fence;
  let carried;
  for (const [index, line] of text.split("\n").entries()) {
    const at = index + 1;
    const marker = /^\s*```(\w*)/.exec(line);
    if (marker) {
      fence = fence === undefined ? marker[1] : undefined;
    } else if (fence !== undefined) {
      // A command goes on after a backslash.
      const whole = carried ? `${carried.text} ${line.trim()}` : line;
      const start = carried?.at ?? at;
      carried = whole.endsWith("\\") ? { text: whole.slice(0, -1), at: start } : undefined;
      if (!carried) pieces.push({ kind: "block", language: fence, text: whole, at: start });
    } else {
      for (const [, span] of line.matchAll(/`([^`]+)`/g)) pieces.push({ kind: "code", text: span, at });
      for (const [, target] of line.matchAll(/\]\(([^)\s]+)\)/g)) pieces.push({ kind: "link", text: target, at });
    }
  }
  return pieces;
}

/** The anchors of a text's headings, as the common renderers make them. */
export function readAnchors(text) {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase());
  return new Set(headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")));
}

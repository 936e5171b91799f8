import * as fc from "fast-check";
import { plain } from "../../packages/cli/src/text/plain.ts";

/** What people and vendors write: words, Chinese in and beyond the first plane, emoji, accents, and what steers a terminal. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  fc.constantFrom(
    ..."上海网关 𠮷𠮷𠮷 한국어 🚀 🇨🇳🇩🇪 👩‍💻👨‍👩‍👧 1️⃣ e\u0301 ｗｉｄｅ vpn-bp1q8bgx4xnkm0000000001 … \u200b \u202e".split(" "),
  ),
  fc.constantFrom("\t", "\n", "\r\n", "\u001b[2J", "\u001b[31mred", "\u0007", "\u2028", "\u0000", "  "),
);

export const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

/** The same as it is shown. */
export const plainText = anyText.map(plain);

export const terminalWidth = fc.integer({ min: 20, max: 300 });

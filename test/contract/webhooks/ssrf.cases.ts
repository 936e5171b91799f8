import { type Address, type Block, blocks, partsOf, shortened, toText } from "../../support/closed-blocks.ts";

/** One way to ask for one address that must not be called. */
interface Row {
  block: Block;
  address: Address;
  spelling: string;
  url: string;
  /** What a URL parser makes of the host, where the spelling is of the very same address. */
  means?: string;
  /** What the host resolves to at each question; a literal is not to be asked for. */
  answers: string[][];
  asks: boolean;
}

type Spell = (parts: number[], address: Address) => string;

/** A public address, for names that have a good side. */
export const good = "93.184.215.14";

const hex = (part: number) => part.toString(16);
const octal = (part: number) => `0${part.toString(8)}`;
const wide = (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
const encoded = (text: string) => text.replaceAll(/./g, (char) => `%${hex(char.charCodeAt(0))}`);
const pairs = ([a = 0, b = 0, c = 0, d = 0]: number[]) => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
const inverted = (parts: number[]) => parts.map((part) => 255 - part);

/** Spellings that a URL parser reads as the IPv4 address itself. */
const plain: Record<string, Spell> = {
  dotted: (parts) => parts.join("."),
  "with a trailing dot": (parts) => `${parts.join(".")}.`,
  "one number": (_, { value }) => String(value),
  "one octal number": (_, { value }) => `0${value.toString(8)}`,
  "one hexadecimal number": (_, { value }) => `0x${value.toString(16)}`,
  "one hexadecimal number, upper case": (_, { value }) => `0X${value.toString(16).toUpperCase()}`,
  "octal parts": (parts) => parts.map(octal).join("."),
  "octal parts, padded": (parts) => parts.map((part) => `000${octal(part)}`).join("."),
  "hexadecimal parts": (parts) => parts.map((part) => `0x${hex(part)}`).join("."),
  "mixed parts": ([a = 0, b = 0, c = 0, d = 0]) => `0X${hex(a).toUpperCase()}.${octal(b)}.${c}.${d}`,
  "three parts": ([a = 0, b = 0, c = 0, d = 0]) => `${a}.${b}.${c * 256 + d}`,
  "two parts": ([a = 0, b = 0, c = 0, d = 0]) => `${a}.${(b * 256 + c) * 256 + d}`,
  "wide digits and dots": (parts) => wide(parts.join("。")),
  "percent-encoded": (parts) => encoded(parts.join(".")),
};

/** IPv6 addresses that carry the IPv4 address. */
const carried: Record<string, Spell> = {
  "mapped, dotted": (parts) => `::ffff:${parts.join(".")}`,
  "mapped, in hexadecimal": (parts) => `::ffff:${pairs(parts)}`,
  "mapped, upper case and in full": (parts) => `0:0:0:0:0:FFFF:${pairs(parts).toUpperCase()}`,
  compatible: (parts) => `::${parts.join(".")}`,
  "translated (SIIT)": (parts) => `::ffff:0:${parts.join(".")}`,
  NAT64: (parts) => `64:ff9b::${parts.join(".")}`,
  "NAT64 of one's own": (parts) => `64:ff9b:1::${parts.join(".")}`,
  "6to4": (parts) => `2002:${pairs(parts)}::1`,
  Teredo: (parts) => `2001:0:4136:e378:8000:63bf:${pairs(inverted(parts))}`,
  "Teredo, as its server": (parts) => `2001:0:${pairs(parts)}:8000::1`,
};

const six: Record<string, Spell> = {
  "in full": (_, address) => toText(address),
  "in full, upper case, padded": (parts) => parts.map((part) => hex(part).toUpperCase().padStart(4, "0")).join(":"),
  shortened: (_, address) => shortened(toText(address)),
  "with a dotted end": (parts, { value }) => {
    const end = partsOf({ version: 4, value: value % (1n << 32n) }, 8).join(".");
    return `${parts.slice(0, 6).map(hex).join(":")}:${end}`;
  },
};

/** What names resolve to whose addresses must not be called. */
function answersOf(bad: string): Record<string, string[]> {
  return {
    "a name": [bad],
    "a name, a good address first": [good, bad],
    "a name, a good address last": [bad, good],
    "a name, among many good ones": [good, "2606:4700::1111", bad, "198.41.0.4"],
  };
}

function rowsOf(block: Block, address: Address): Row[] {
  const base = { block, address };
  const text = toText(address);
  const literal = (spells: Record<string, Spell>, toHost: (spelled: string) => string, means?: string): Row[] =>
    Object.entries(spells).map(([spelling, spell]) => {
      const host = toHost(spell(partsOf(address, address.version === 4 ? 8 : 16), address));
      const meant = means === undefined ? {} : { means };
      return { ...base, spelling, url: `https://${host}/hook`, ...meant, answers: [[good]], asks: false };
    });
  const named = (bad: string, as = ""): Row[] =>
    Object.entries(answersOf(bad)).flatMap(([spelling, answer]) =>
      ["hooks.example.com", "HOOKS.Example.COM.:8443"].map((host) => ({
        ...base,
        spelling: `${spelling}${as}`,
        url: `https://${host}/hook`,
        answers: [answer, [good]],
        asks: true,
      })),
    );
  const bracketed = (spelled: string) => `[${spelled}]`;
  if (address.version === 6) {
    const means = new URL(`https://[${text}]`).hostname;
    return [...literal(six, bracketed, means), ...named(text), ...named(shortened(text), " (shortened)")];
  }
  return [
    ...literal(plain, (spelled) => spelled, text),
    ...literal(carried, bracketed),
    ...named(text),
    ...named(`::ffff:${text}`, " (mapped)"),
    ...named(`::${text}`, " (compatible)"),
    ...named(`64:ff9b::${text}`, " (NAT64)"),
  ];
}

/** The two ends of each block, each in every spelling. */
export const table: readonly Row[] = blocks.flatMap((block) =>
  [...new Set([block.first, block.last])].flatMap((value) => rowsOf(block, { version: block.version, value })),
);

/** An address of each block, for names that change their answer. */
export const rebindings = blocks.map(({ version, last }) => ({ bad: toText({ version, value: last }) }));

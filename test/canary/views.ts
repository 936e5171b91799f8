/** Bytes as text, a character a byte, as they are (`raw`) or with one or more layers of an encoding taken off. */
export interface View {
  encoding: string;
  text: string;
}

type Decode = (text: string) => string;

const fromHex = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
const decodeUrl: Decode = (text) => text.replaceAll(/%([\da-f]{2})/gi, (_all, hex: string) => fromHex(hex));
const decodeJson: Decode = (text) =>
  text.replaceAll(/\\(?:u00([\da-f]{2})|(.))/gi, (_all, hex: string | undefined, other: string) =>
    hex === undefined ? other : fromHex(hex),
  );
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const decodeHtml: Decode = (text) =>
  text.replaceAll(/&(?:#0*(\d{1,3})|#x0*([\da-f]{1,2})|(amp|lt|gt|quot|apos));/gi, (all, code?: string, hex?: string) =>
    code ? String.fromCharCode(Number(code)) : hex ? fromHex(hex) : (entities[all.slice(1, -1)] ?? all),
  );
const decodeUtf16: Decode = (text) => text.replaceAll("\0", "");

const decoders: Readonly<Record<string, Decode>> = {
  URL: decodeUrl,
  form: (text) => decodeUrl(text.replaceAll("+", " ")),
  JSON: decodeJson,
  HTML: decodeHtml,
  "UTF-16": decodeUtf16,
  nested: (text) => decodeUtf16(decodeHtml(decodeJson(decodeUrl(text)))),
};

const maxLayers = 4;

/** All that there is to read in some bytes. A view that shows nothing new is left out. */
export function toViews(bytes: Uint8Array): View[] {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const views = [{ encoding: "raw", text: plain }];
  for (const [encoding, decode] of Object.entries(decoders)) {
    for (const text of layersOf(plain, decode)) {
      if (views.every((view) => view.text !== text)) views.push({ encoding, text });
    }
  }
  return views;
}

/** Every layer is kept: a secret may itself look like something encoded, and be lost in the next. */
function layersOf(plain: string, decode: Decode): string[] {
  const layers: string[] = [];
  for (let text = plain; layers.length < maxLayers;) {
    const next = decode(text);
    if (next === text) break;
    layers.push(next);
    text = next;
  }
  return layers;
}

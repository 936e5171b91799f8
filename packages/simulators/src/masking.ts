const mask = "****";
/** Wherever it occurs in a name, because broken requests are written down too. */
const secretName = /psk|PreShared?Key|AuthKey/i;

/** A copy in which every pre-shared key is replaced, also inside JSON text and in flat dotted names. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (typeof value === "string") return maskText(value);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secretName.test(name) ? mask : maskSecrets(member)]),
  );
}

/** JSON text, like Alibaba's `IkeConfig`, is masked inside; broken JSON that names a key, as a whole. */
function maskText(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(maskSecrets(JSON.parse(text)));
  } catch {
    return secretName.test(text) ? mask : text;
  }
}

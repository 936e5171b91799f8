/** A plain text, which may look like Markdown, as Markdown that shows it as it is. */
export const plain = (text: string) => text.replaceAll(/[\\<*|[\]`]/g, String.raw`\$&`);

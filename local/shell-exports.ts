/** One line that bash, zsh and other POSIX shells take as it stands, also twice: it sets these variables. */
export function toShellExports(variables: Readonly<Record<string, string>>): string {
  return ["export", ...Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`)].join(" ");
}

/** What no shell reads anything into stays as it is. */
function quote(value: string): string {
  return /^[\w.:/@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

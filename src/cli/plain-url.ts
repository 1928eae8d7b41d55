/**
 * Reads the address of a server as somebody typed it.
 *
 * @param text - such as `http://127.0.0.1:8900/`
 * @returns the address without slashes at its end; null when it is none over HTTP, or has a key, a
 *   query or a fragment in it
 */
export function toPlainUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = [url.username, url.password, url.search, url.hash].every((part) => part === '');
  if (!['http:', 'https:'].includes(url.protocol) || !isPlain) return null;
  return url.href.replace(/\/+$/, '');
}

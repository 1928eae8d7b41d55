/**
 * A document with one of its generated parts replaced: what stands between `<!-- name:start -->` and
 * `<!-- name:end -->`.
 *
 * @param lines - rows of a table
 */
export function withSection(text: string, name: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- ${name}:start -->\n`, `<!-- ${name}:end -->`];
  const head = text.slice(0, text.indexOf(start) + start.length);
  const tail = text.slice(text.indexOf(end));
  return [`${head}\n<!-- prettier-ignore -->`, ...lines, '', tail].join('\n');
}

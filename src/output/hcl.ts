/** A value of HCL, as far as a resource needs it. */
export type HclValue = string | number | boolean | readonly string[] | HclMap;

/** An object of texts by key; its keys are written in quotes. */
export interface HclMap {
  readonly [key: string]: string;
}

/** Written as it stands, such as `[vswitch_id]`: not a text but names of something else. */
export class HclExpression {
  constructor(readonly text: string) {}
}

/** Attributes of a block, in order. */
export type HclAttributes = readonly (readonly [string, HclValue | HclExpression])[];

/**
 * A text as HCL quotes it, so that nothing of it is taken for a template
 * (HCL Native Syntax Specification, templates and quoted literals).
 */
export function toHclString(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/([$%])\{/g, '$1$1{');
  return `"${escaped}"`;
}

/**
 * A block with its equal signs below each other, as `terraform fmt` writes it.
 *
 * @param head - type and labels, such as `import` or `resource "type" "name"`
 * @param attributes - what it holds
 * @param inner - blocks within it
 */
export function toHclBlock(
  head: string,
  attributes: HclAttributes,
  inner: readonly (readonly string[])[] = [],
): string[] {
  const lines = inner.flatMap((block) => ['', ...block]);
  return [`${head} {`, ...indent([...toAttributeLines(attributes), ...lines]), '}'];
}

function toAttributeLines(attributes: HclAttributes): string[] {
  const single = attributes.filter(([, value]) => !isMap(value));
  const width = Math.max(0, ...single.map(([key]) => key.length));
  return attributes.flatMap(([key, value]) =>
    isMap(value)
      ? [`${key} = {`, ...indent(toMapLines(value)), '}']
      : [`${key.padEnd(width)} = ${toText(value)}`],
  );
}

function toMapLines(map: HclMap): string[] {
  const keys = Object.keys(map).map((key) => [toHclString(key), toHclString(map[key]!)] as const);
  const width = Math.max(0, ...keys.map(([key]) => key.length));
  return keys.map(([key, value]) => `${key.padEnd(width)} = ${value}`);
}

function toText(value: Exclude<HclValue, HclMap> | HclExpression): string {
  if (value instanceof HclExpression) return value.text;
  if (typeof value === 'string') return toHclString(value);
  if (typeof value !== 'object') return String(value);
  return `[${value.map((entry) => toHclString(entry)).join(', ')}]`;
}

function isMap(value: HclValue | HclExpression): value is HclMap {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof HclExpression);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

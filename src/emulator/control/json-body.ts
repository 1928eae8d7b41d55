/** What a body says, or a sentence that says where it is no JSON. */
export type JsonBody =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

const POSITION_PATTERN = / at position (\d+)/;

/** Reads the body of a control call. */
export function parseJsonBody(text: string): JsonBody {
  if (text.trim() === '') {
    return { ok: false, problem: 'The body is empty. Send what is to be set, as JSON.' };
  }
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `The body is no JSON: ${toPlace(reason, text)}.` };
  }
}

/** Some of the parser's sentences name a position, the others quote what is there. */
function toPlace(reason: string, text: string): string {
  const position = POSITION_PATTERN.exec(reason)?.[1];
  if (position === undefined || reason.includes('(line')) return reason;
  const lines = text.slice(0, Number(position)).split('\n');
  return `${reason} (line ${lines.length} column ${(lines.at(-1) ?? '').length + 1})`;
}

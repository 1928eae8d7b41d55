import { type CST, Lexer, Parser } from 'yaml';

/** Levels of nesting that are read; a batch request has seven. */
export const NESTING_MAX = 64;

/** The tokens of a text, or where it first nests too deeply. */
export type ReadTokens =
  | { readonly ok: true; readonly tokens: readonly CST.Token[] }
  | { readonly ok: false; readonly offset: number };

/**
 * Splits a YAML text into tokens and stops at absurd nesting. The library composes documents by
 * recursion, and text made to nest without end can take the whole process down in there.
 *
 * @param text - YAML or JSON
 * @param onLine - told the offset at which each line starts
 */
export function readTokens(text: string, onLine: (offset: number) => void): ReadTokens {
  const parser = new Parser(onLine);
  const tokens: CST.Token[] = [];
  onLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > NESTING_MAX) return { ok: false, offset: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { ok: true, tokens };
}

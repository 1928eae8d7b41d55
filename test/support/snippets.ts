import { readText } from './repository';

/** A fenced block of a Markdown file. */
export interface Snippet {
  /** File and line of its first line, for messages. */
  readonly place: string;
  readonly text: string;
}

/**
 * Reads the fenced blocks of one language from a Markdown file.
 *
 * @param file - path relative to the root
 * @param language - as it stands behind the fence, say `yaml`
 */
export function readSnippets(file: string, language: string): Snippet[] {
  const markdown = readText(file);
  return [...markdown.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)]
    .filter((match) => match[2] === language)
    .map((match) => ({
      place: `${file}:${markdown.slice(0, match.index).split('\n').length + 1}`,
      text: match[3]!.replace(new RegExp(`^${match[1]}`, 'gm'), ''),
    }));
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Environment } from './environment';
import { isLayer, type Layer } from './layer';

/** Name of the file that is read from the working directory when none is named. */
export const CONFIG_FILE_NAME = 'tairfleet.config.yaml';

/** Enough to see what is going on; one slip often causes many. */
const SYNTAX_PROBLEMS_MAX = 20;

/** What a file sets, and what is wrong with it. */
export interface FileLayer {
  readonly layer: Layer;
  /** Null when there is no file. */
  readonly fileName: string | null;
  readonly problems: readonly string[];
}

/** Where a configuration may come from. */
export interface ConfigSources {
  readonly env: Environment;
  /** Goes before `TAIRFLEET_CONFIG`. */
  readonly file?: string;
  /** Working directory; the process's own by default. */
  readonly cwd?: string;
}

/** Reads the configuration file: the named one must exist, the one in the working directory may. */
export function readConfigFile({ env, file, cwd = process.cwd() }: ConfigSources): FileLayer {
  const named = file ?? env['TAIRFLEET_CONFIG'];
  const found = join(cwd, CONFIG_FILE_NAME);
  if (named !== undefined && named !== '') return readLayer(named);
  return existsSync(found) ? readLayer(found) : { layer: {}, fileName: null, problems: [] };
}

function readLayer(fileName: string): FileLayer {
  const text = readText(fileName);
  if (text === null) {
    const problem = `${fileName}: cannot be read; check the path and its permissions.`;
    return { layer: {}, fileName, problems: [problem] };
  }
  const { value, problems } = parse(text);
  if (problems.length === 0 && isLayer(value)) return { layer: value, fileName, problems: [] };
  const all = problems.length > 0 ? problems : [': must be an object with keys.'];
  return { layer: {}, fileName, problems: all.map((problem) => `${fileName}${problem}`) };
}

/** The library throws for what it finds only while it unfolds, and when the nesting is too deep. */
function parse(text: string): { readonly value: unknown; readonly problems: readonly string[] } {
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
    const findings = [...document.errors, ...document.warnings].slice(0, SYNTAX_PROBLEMS_MAX);
    const problems = findings.map(({ message, pos }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return `:${line}:${col}: ${message}`;
    });
    return problems.length > 0
      ? { value: null, problems }
      : { value: document.toJS() ?? {}, problems };
  } catch {
    const problem =
      ': cannot be unfolded: it nests too deeply, has an alias (*name) of nothing, or aliases of ' +
      'aliases without end; write it without them.';
    return { value: null, problems: [problem] };
  }
}

function readText(fileName: string): string | null {
  try {
    return readFileSync(fileName, 'utf8');
  } catch {
    return null;
  }
}

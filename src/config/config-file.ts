import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Environment } from './environment';
import { isLayer, type Layer } from './layer';

/** Name of the file that is read from the working directory when none is named. */
export const CONFIG_FILE_NAME = 'tairfleet.config.yaml';

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
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    return `${fileName}:${line}:${col}: ${message}`;
  });
  if (problems.length > 0) return { layer: {}, fileName, problems };
  const value: unknown = document.toJS() ?? {};
  if (isLayer(value)) return { layer: value, fileName, problems };
  return { layer: {}, fileName, problems: [`${fileName}: must be an object with keys.`] };
}

function readText(fileName: string): string | null {
  try {
    return readFileSync(fileName, 'utf8');
  } catch {
    return null;
  }
}

import { parseYaml } from '../../input/yaml-document';
import type { CliFailure } from '../command-report';
import { splitKey } from './find-settings';

/** A part of a config with the keys that it names, or what is wrong with what was typed. */
export type ReadPatch =
  | { readonly ok: true; readonly patch: object; readonly keys: readonly string[] }
  | { readonly ok: false; readonly failure: CliFailure };

/**
 * Reads `setting=value` and `setting.member=value`. A value is JSON or YAML, so that a word needs no
 * quotes that the shell would take away.
 *
 * @param texts - as they were typed
 */
export function readAssignments(texts: readonly string[]): ReadPatch {
  const patch = new Map<string, unknown>();
  const keys: string[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const key = text.slice(0, at);
    const value = text.slice(at + 1).trim();
    if (at < 1 || value === '') {
      return refuse(
        `"${text}" is no setting=value, such as quota=500 or stock='{cn-hangzhou-h: {"*": 3}}'.`,
      );
    }
    const parsed = parseYaml(value);
    if (!parsed.ok) {
      const why = parsed.problems.map(({ problem }) => problem.message).join(' ');
      return refuse(`The value of ${key} is neither JSON nor YAML: ${why}`);
    }
    assign(patch, key, parsed.document.value);
    keys.push(key);
  }
  return { ok: true, patch: Object.fromEntries(patch), keys };
}

/** A second member of a setting goes beside the first one. */
function assign(patch: Map<string, unknown>, key: string, value: unknown): void {
  const { name, member } = splitKey(key);
  if (member === undefined) return void patch.set(name, value);
  const before = patch.get(name);
  patch.set(name, { ...(typeof before === 'object' ? before : {}), [member]: value });
}

function refuse(message: string): ReadPatch {
  return { ok: false, failure: { code: 'usage', message } };
}

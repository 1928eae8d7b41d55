import { readFileSync, readdirSync } from 'node:fs';

const CASES_FOLDER = new URL('./cases/', import.meta.url);

/** All cases, each with the `file` it is from, in the order of files and of cases in them. */
export function loadCases() {
  const files = readdirSync(CASES_FOLDER).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => {
    const cases = JSON.parse(readFileSync(new URL(name, CASES_FOLDER), 'utf8'));
    return cases.map((one) => ({ ...one, file: name.replace('.json', '') }));
  });
}

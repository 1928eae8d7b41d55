import { readFileSync, readdirSync } from 'node:fs';

const CASES_FOLDER = new URL('./cases/', import.meta.url);

/** Names of the files of cases, in order. */
export function listCaseFiles() {
  const names = readdirSync(CASES_FOLDER).filter((name) => name.endsWith('.json'));
  return names.map((name) => name.replace('.json', '')).sort();
}

/** The cases of files, each with the `file` it is from, in their order. */
export function loadCases(files) {
  return files.flatMap((file) => {
    const cases = JSON.parse(readFileSync(new URL(`${file}.json`, CASES_FOLDER), 'utf8'));
    return cases.map((one) => ({ ...one, file }));
  });
}

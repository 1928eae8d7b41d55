/** Lists the npm scripts with a sentence each. */
import { readFileSync } from 'node:fs';

const SENTENCES = {
  help: 'This list.',
  setup: 'Installs and builds what is missing or out of date.',
  build: 'Compiles and bundles the workflows again.',
  demo: 'Runs a batch against the emulator, with a worker killed on the way.',
  test: 'All tests; "npm test -- test/unit" for a part. The last line has the counts.',
  'test:compose': 'Builds the image and runs a batch in each profile of docker-compose.yml.',
  'test:browser': 'The way of an operator through the Temporal UI, in Chromium.',
  'test:node22': 'The tests again, on Node 22.',
  check: 'Format, lint, types, dead code, and which folder imports which.',
  fix: 'Repairs format and lint where a tool can.',
  verify: 'Check and test: what CI runs.',
  bench: 'The benchmarks, with how they were run.',
  mutate: 'Breaks each safety rule a little, and says which break no test notices; hours.',
  simulate: 'Seeded faults against the state machines, on all cores: "--seeds 1000000".',
  chaos: 'Batches whose processes die at drawn moments; "--seeds 30", "--from 1", "--json".',
  conformance: 'Holds a server of the API to our cases; only reads unless told otherwise.',
  fixtures: 'Records the histories that the replay tests use again.',
};

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const width = Math.max(...Object.keys(scripts).map((name) => name.length));
for (const name of Object.keys(scripts)) {
  process.stdout.write(`npm run ${name.padEnd(width)}  ${SENTENCES[name] ?? ''}\n`);
}

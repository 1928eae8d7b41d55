import type { CommandGuide } from './command-guide';
import { EMULATOR_GUIDES } from './emulator-guides';

const BATCH = 'payments/sessions-2026-11';
const FILE = 'examples/first-batch.yaml';
const OUTCOME = '0 all ready, 1 failed, 2 fewer than asked, 3 cancelled';

/** By the words of the command, in the order of the help. */
export const COMMAND_GUIDES: Readonly<Record<string, CommandGuide>> = {
  demo: {
    examples: [
      ['demo', 'the whole story, with a killed worker'],
      ['demo --slots 100 --keep', 'a small one that stays, to look around in'],
    ],
  },
  up: { examples: [['up', 'then "tairfleet apply" in another terminal']] },
  worker: { examples: [['worker', 'settings: "tairfleet config print"']] },
  serve: { examples: [['serve', 'who is let in: docs/api.md']] },
  ...EMULATOR_GUIDES,
  validate: {
    examples: [
      [`validate ${FILE}`, 'every problem with its line'],
      [
        'validate examples/fleet.csv --batch-id carts --var cartsSwitch=vsw-3',
        'a file that names no batch, with a gap to fill',
      ],
    ],
    exits: '0 valid, 65 not valid',
  },
  plan: {
    examples: [
      [`plan ${FILE}`, 'what it would order'],
      [`plan ${FILE} --preflight`, 'and what the cloud has, and what it costs'],
      [`plan ${FILE} --out plan.json`, 'and keep it for "tairfleet apply plan.json"'],
    ],
    isOverApi: true,
    exits: '77 impossible by the preflight; with --detailed-exitcode 2 would order',
  },
  apply: {
    examples: [
      [`apply ${FILE}`, 'order, and follow it to its end'],
      [`apply ${FILE} --detach`, 'order, and come back later'],
    ],
    isOverApi: true,
    exits: `${OUTCOME}, 73 another request has the id`,
  },
  'ram-policy': { examples: [[`ram-policy ${FILE} --preflight`, 'for a worker, and preflights']] },
  list: {
    examples: [
      ['list --needs-operator', 'what waits for a person'],
      ['list --tenant payments -o ids', 'for a script: an id a line'],
    ],
    isOverApi: true,
  },
  watch: { examples: [[`watch ${BATCH}`, 'to its end']], isOverApi: true, exits: OUTCOME },
  status: {
    examples: [
      [`status ${BATCH}`, 'for people'],
      [`status ${BATCH} --json`, 'for a script'],
    ],
    isOverApi: true,
  },
  describe: { examples: [[`describe ${BATCH}`, 'nothing left out']], isOverApi: true },
  instances: {
    examples: [
      [`instances ${BATCH} --filter state=failed`, 'what is not ready'],
      [`instances ${BATCH} -o csv --columns id,endpoint`, 'for a table'],
    ],
    isOverApi: true,
  },
  result: {
    examples: [
      [`result ${BATCH}`, 'how it ended'],
      [`result ${BATCH} --format csv --out fleet.csv`, 'every instance'],
    ],
    isOverApi: true,
    exits: OUTCOME,
  },
  export: { examples: [[`export ${BATCH} --terraform --out fleet.tf`, 'for Terraform']] },
  'schedule plan': {
    examples: [['schedule plan examples/schedules.yaml', 'what apply would change']],
    isOverApi: true,
    exits: 'with --detailed-exitcode 0 nothing to do, 2 something would change',
  },
  'schedule apply': {
    examples: [
      ['schedule apply examples/schedules.yaml', 'add and change'],
      ['schedule apply examples/schedules.yaml --prune', 'and delete what is not in the file'],
    ],
    isOverApi: true,
    exits: '73 a name is taken by a schedule of somebody else',
  },
  'schedule list': {
    examples: [['schedule list --tenant payments', 'those of a tenant']],
    isOverApi: true,
  },
  'schedule next': {
    examples: [
      ['schedule next payments/nightly', 'ten times'],
      ['schedule next --file examples/schedules.yaml', 'before anything can be bought'],
    ],
    isOverApi: true,
  },
  'schedule trigger': {
    examples: [['schedule trigger payments/nightly', 'one more batch, now']],
    isOverApi: true,
  },
  'schedule pause': {
    examples: [["schedule pause payments/nightly --why 'a freeze'", 'until resume']],
    isOverApi: true,
  },
  'schedule resume': {
    examples: [['schedule resume payments/nightly', 'from its next time on']],
    isOverApi: true,
  },
  'schedule backfill': {
    examples: [
      [
        'schedule backfill payments/nightly --from 2026-11-24T00:00Z --to 2026-11-25T00:00Z',
        'what a day lacks; --dry-run only shows the times',
      ],
    ],
    isOverApi: true,
  },
  'schedule delete': {
    examples: [
      ['schedule delete payments/nightly', 'what it is'],
      ['schedule delete payments/nightly --yes payments/nightly', 'and off it goes'],
    ],
    isOverApi: true,
  },
  retry: {
    examples: [
      [`retry ${BATCH} --why 'quota raised'`, 'everything that is parked'],
      ['retry --all-parked --code Quota --dry-run', 'which batches that would be'],
    ],
    isOverApi: true,
    exits: `of an ended batch ${OUTCOME}`,
  },
  'retry-now': { examples: [[`retry-now ${BATCH}`, 'without the wait']], isOverApi: true },
  skip: {
    examples: [[`skip ${BATCH} --chunks sessions/0-89`, 'one chunk, and not the others']],
    isOverApi: true,
  },
  pause: {
    examples: [
      [`pause ${BATCH} --why 'a freeze'`, 'one batch'],
      ['pause --all --tenant payments', 'all of a tenant'],
    ],
    isOverApi: true,
  },
  resume: { examples: [[`resume ${BATCH}`, 'from where it stood']], isOverApi: true },
  'set-concurrency': {
    examples: [[`set-concurrency ${BATCH} 5`, 'five calls at once']],
    isOverApi: true,
  },
  'extend-deadline': {
    examples: [[`extend-deadline ${BATCH} 6h`, 'six hours more']],
    isOverApi: true,
  },
  approve: {
    examples: [[`approve ${BATCH} 3f9c2a71 --by ada`, 'the plan as "status" names it']],
    isOverApi: true,
  },
  reject: {
    examples: [[`reject ${BATCH} 3f9c2a71 --by ada`, 'the plan as "status" names it']],
    isOverApi: true,
  },
  cancel: {
    examples: [
      [`cancel ${BATCH} --instances keep`, 'what is there stays'],
      [`cancel ${BATCH} --instances release`, 'what is there goes'],
    ],
    isOverApi: true,
  },
  release: {
    examples: [
      [`release ${BATCH}`, 'what would go'],
      [`release ${BATCH} --yes ${BATCH}`, 'and off it goes'],
    ],
    exits: '0 all of it is gone, 2 something was kept',
  },
  reconcile: {
    examples: [
      [`reconcile ${BATCH}`, 'where they differ'],
      [`reconcile ${BATCH} --adopt`, 'take orphans in'],
    ],
    exits: '0 they agree, 2 they differ',
  },
  sweep: {
    examples: [
      [`sweep ${BATCH}`, 'one batch'],
      ['sweep --all --since 7d', 'all of the last week'],
    ],
    exits: '0 no orphan, 2 there are some, 77 it cannot tell now',
  },
  halt: { examples: [["halt --by ada --why 'the bill'", 'nobody buys until unhalt']] },
  unhalt: { examples: [['unhalt --by ada', 'batches go on at once']] },
  doctor: { examples: [['doctor', 'before the first real batch']] },
  schema: { examples: [['schema request', 'for an editor, see docs/cli.md']] },
  'config print': { examples: [['config print', 'and where each value comes from']] },
  version: { examples: [['version --json', 'also of what it is built with']] },
  completion: { examples: [['completion bash', 'the script']] },
};

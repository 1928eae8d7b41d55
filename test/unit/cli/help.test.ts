import type { CliContext } from '../../../src/cli/cli-context';
import { COMMAND_GUIDES } from '../../../src/cli/help/command-guides';
import { listCommands, toWords } from '../../../src/cli/help/describe-commands';
import { createProgram } from '../../../src/cli/program';
import { runFakeCli } from '../../support/fake-cli';

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:2';

/** These start something that stays. */
const STARTERS = ['demo', 'up', 'worker', 'serve', 'emulator', 'emulator start'];

/** These are run by the word alone, whatever stands behind it. */
const PROGRAMS = ['worker', 'serve'];

/** A watch goes on until somebody answers. */
const ENDLESS = 'watch';

const GUIDES = Object.entries(COMMAND_GUIDES);

const OVER_API = GUIDES.filter(([, { isOverApi }]) => isOverApi === true).map(([words]) => words);

const LOCAL = GUIDES.filter(([, { isOverApi }]) => isOverApi !== true).map(([words]) => words);

/** As a shell splits it. */
function toArguments(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

function runExamples(words: string) {
  const lines = COMMAND_GUIDES[words]!.examples.map(([line]) => line);
  return Promise.all(
    lines.map(async (line) => {
      const context = { env: { TAIRFLEET_SERVER: NOBODY, TAIRFLEET_EMULATOR_URL: NOBODY } };
      const { exitCode, stdout, stderr } = await runFakeCli(toArguments(line), { context });
      return { line, exitCode, said: stdout + stderr };
    }),
  );
}

describe('the help', () => {
  it('has examples for every command, and for no other', () => {
    const context = { io: {}, env: {}, version: '1' } as unknown as CliContext;
    const commands = listCommands(createProgram(context, () => {})).map(toWords);
    // Shells call that one, and nobody else.
    const shown = commands.filter((words) => words !== 'completion-server');
    expect(shown.sort()).toEqual(Object.keys(COMMAND_GUIDES).sort());
  });

  it.each(GUIDES.filter(([words]) => !PROGRAMS.includes(words)))(
    'of %s ends with its examples, and lists the flags of the program that work with it',
    async (words, { examples, isOverApi }) => {
      const { stdout } = await runFakeCli([...words.split(' '), '--help']);
      for (const [line, what] of examples) {
        expect(line.startsWith(`${words} `) || line === words).toBe(true);
        expect(stdout).toContain(`  tairfleet ${line}`);
        expect(stdout).toContain(what);
      }
      expect(stdout.includes('--server <url>')).toBe(isOverApi === true);
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    },
  );

  it.each(OVER_API.filter((words) => words !== ENDLESS))(
    'of %s shows what can be typed, over the HTTP API too',
    async (words) => {
      for (const { line, exitCode, said } of await runExamples(words)) {
        // A file knows its own times.
        const isLocal = line.startsWith('schedule next --file');
        expect([line, exitCode === 0]).toEqual([line, isLocal]);
        if (isLocal) continue;
        // Who decides, the key says there.
        const isRefused = line.includes('--by');
        expect([line, exitCode, said]).toEqual([
          ...[line, isRefused ? 64 : 69],
          expect.stringContaining(isRefused ? 'the key says who acts' : `answered at ${NOBODY}`),
        ]);
      }
    },
  );

  it.each(LOCAL.filter((words) => !STARTERS.includes(words) && !words.startsWith('emulator')))(
    'of %s shows what can be typed, and nothing of it asks a server for it',
    async (words) => {
      for (const { line, exitCode, said } of await runExamples(words)) {
        const isLocal = exitCode === 0;
        expect([line, isLocal || said.includes('next to Temporal only')]).toEqual([line, true]);
      }
    },
  );

  it.each(LOCAL.filter((words) => !STARTERS.includes(words) && words.startsWith('emulator')))(
    'of %s shows what can be typed, and all of it is about an emulator that runs',
    async (words) => {
      for (const { line, exitCode, said } of await runExamples(words)) {
        // The files of examples are somebody else's.
        const isFromFile = line.includes('--file');
        expect([line, exitCode, said]).toEqual([
          ...[line, isFromFile ? 66 : 69],
          expect.stringContaining(isFromFile ? 'no such file' : 'No emulator answers at'),
        ]);
      }
    },
  );
});

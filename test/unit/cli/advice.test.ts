import {
  createFailureReport,
  createReport,
  withServerFlags,
} from '../../../src/cli/command-report';
import { runFakeCli } from '../../support/fake-cli';

const PLACE = { server: 'https://s.internal', apiKeyFile: '/my keys/k' };
const FLAGS = "--server https://s.internal --api-key-file '/my keys/k'";

describe('the commands that a report advises', () => {
  it('name the server and the file of its key, also in what a script shows', () => {
    const report = createReport({}, [], { next: '"tairfleet watch a/b" follows it.' });
    expect(withServerFlags(report, PLACE).next).toBe(`"tairfleet ${FLAGS} watch a/b" follows it.`);
    const message = 'Taken. See "tairfleet status a/b".';
    const failed = withServerFlags(createFailureReport({ code: 'conflict', message }), PLACE);
    const advised = `Taken. See "tairfleet ${FLAGS} status a/b".`;
    expect(failed.lines).toEqual([`error: ${advised}`]);
    expect(failed.data).toEqual({ error: { code: 'conflict', message: advised } });
  });

  it('are as they were when no flag has named a server', () => {
    const report = createReport({}, [], { next: '"tairfleet watch a/b" follows it.' });
    expect(withServerFlags(report, {})).toBe(report);
  });
});

describe('an argument that cannot be', () => {
  it.each([
    [
      ['extend-deadline', 'a/b', 'foo'],
      'The argument "duration" is wrong: how much longer, such as 90m',
    ],
    [
      ['extend-deadline', '--all', 'foo'],
      'The argument "duration" is wrong: how much longer, such as 90m',
    ],
    [['extend-deadline', 'a/b', '0s'], 'The argument "duration" is wrong'],
    [['set-concurrency', 'a/b', '41'], 'The argument "calls" is wrong'],
    [['set-concurrency', 'a/b', '0'], 'is wrong: a whole number from 1 to 40'],
    [['set-concurrency', 'a/b', 'many'], 'is wrong: a whole number from 1 to 40'],
  ])('is wrong usage, and nothing is sent: %j', async (argv, said) => {
    const act = () => Promise.reject(new Error('it was sent'));
    const run = await runFakeCli(argv, { service: { act } });
    expect(run.exitCode).toBe(64);
    expect(run.stderr).toContain(said);
  });
});

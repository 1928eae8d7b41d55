import { createCallTail } from '../../../../src/cli/emulator/call-tail';
import type { LogEntry } from '../../../../src/emulator/request-log';
import { runFakeCli } from '../../../support/fake-cli';
import { startBench } from '../../emulator/api-client';

const AT_MS = Date.parse('2026-01-01T00:00:00Z');

function createCall(seq: number, status: number | null = 200): LogEntry {
  return {
    ...{ seq, at: new Date(AT_MS).toISOString(), action: 'A', requestId: `${seq}`, params: {} },
    ...{ status, code: null, fault: null, ids: [], committedIds: [], committed: false },
    durationMs: null,
  };
}

describe('the tail of a log', () => {
  const take = (tail: ReturnType<typeof createCallTail>, calls: LogEntry[], afterMs = 0) =>
    tail.take(calls, AT_MS + afterMs).map(({ seq }) => seq);

  it('tells each call once, when it is answered', () => {
    const tail = createCallTail(0);
    expect(take(tail, [createCall(1), createCall(2, null), createCall(3)])).toEqual([1, 3]);
    expect(tail.since()).toBe(1);
    expect(take(tail, [createCall(2), createCall(3), createCall(4)])).toEqual([2, 4]);
    expect(tail.since()).toBe(4);
  });

  it('waits ten seconds for an answer, then tells that the call runs, and goes on', () => {
    const tail = createCallTail(0);
    expect(take(tail, [createCall(1, null)], 9_000)).toEqual([]);
    expect(take(tail, [createCall(1, null)], 11_000)).toEqual([1]);
    expect(tail.since()).toBe(1);
  });

  it('begins anew with a log that has begun anew', () => {
    const tail = createCallTail(0);
    take(tail, [createCall(1), createCall(2)]);
    tail.noteNewest(2);
    expect(tail.since()).toBe(2);
    tail.noteNewest(1);
    expect(tail.since()).toBe(0);
    expect(take(tail, [createCall(1)])).toEqual([1]);
  });
});

describe('log --follow', () => {
  /** Follows an emulator that has had two calls, and stops when a line of the third is there. */
  async function follow(...args: readonly string[]) {
    const bench = await startBench();
    const interrupt = new AbortController();
    const lines: string[] = [];
    try {
      await bench.call('DescribeRegions');
      await bench.call('DescribeZones');
      const writeOut = (text: string): void => {
        lines.push(text.trimEnd());
        if (lines.length === 1) void bench.call('DeleteInstance', { InstanceId: 'r-none' });
        if (text.includes('DeleteInstance')) interrupt.abort();
      };
      const run = await runFakeCli(['emulator', 'log', '--follow', '--url', bench.url, ...args], {
        context: { catchInterrupt: () => interrupt.signal },
        io: { writeOut },
      });
      return { ...run, lines };
    } finally {
      await bench.close();
    }
  }

  it('prints the latest calls and those that come, until Ctrl-C', async () => {
    const { exitCode, lines } = await follow('--last', '1');
    expect(exitCode).toBe(130);
    expect(lines).toEqual([
      expect.stringMatching(/^ +2 {2}\d\d:\d\d:\d\d\.\d{3} {2}DescribeZones +200 +[\d.]+ ms$/),
      expect.stringMatching(/ DeleteInstance +404 .* InvalidInstanceId.NotFound {2}r-none$/),
    ]);
  });

  it('prints an object a line for a script, with all that the log has', async () => {
    const { lines } = await follow('--json', '--last', '1');
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { seq: 2, params: { AccessKeyId: 'testid' } },
      { seq: 3, status: 404 },
    ]);
  });

  it('ends with 69 when the emulator has gone, and with 64 for a table that cannot grow', async () => {
    const gone = await runFakeCli(['emulator', 'log', '--follow', '--url', 'http://127.0.0.1:2']);
    expect(gone.exitCode).toBe(69);
    const table = await runFakeCli(['emulator', 'log', '--follow', '-o', 'csv']);
    expect(table).toMatchObject({ exitCode: 64, stdout: '' });
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEntry } from '../../emulator/request-log';
import { createFailureReport } from '../command-report';
import type { CommandReport } from '../command-report';
import type { CommandContext } from '../command-shell';
import { isCallMarked, toCallLine } from '../views/human/emulator-log-rows';
import type { ControlClient, ControlQuery } from './control-client';
import type { ControlResult } from './control-failure';
import { createCallTail } from './call-tail';
import type { CallTail } from './call-tail';

/** What is followed, and how it is shown. */
export interface FollowedLog {
  /** Filters that hold for a call from its arrival on. */
  readonly query: ControlQuery;
  /** Filters of answered calls. */
  readonly matches: (call: LogEntry) => boolean;
  /** How many of the calls that are there already are shown first. */
  readonly last: number;
  readonly since: number | undefined;
  readonly isJson: boolean;
}

const LOOK_EVERY_MS = 500;

/** More than one look can find. */
const CALLS_MAX = 1_000_000;

/**
 * Prints calls as they are answered, until Ctrl-C.
 *
 * @param context - where to print
 * @param client - of the emulator
 * @param log - which calls
 * @returns always a failure: `interrupted`, or that the emulator has gone
 */
export async function followLog(
  context: CommandContext,
  client: ControlClient,
  log: FollowedLog,
): Promise<CommandReport> {
  const signal = context.catchInterrupt();
  const tail = createCallTail(log.since ?? 0);
  let last: number | undefined = log.last;
  while (!signal.aborted) {
    const found = await look(client, { log, tail, last });
    if (!found.ok) return createFailureReport(found);
    for (const call of found.value) print(context, call, log);
    last = undefined;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  const message = 'No longer following; the emulator goes on.';
  return createFailureReport({ code: 'interrupted', message });
}

async function look(
  client: ControlClient,
  { log, tail, last }: { log: FollowedLog; tail: CallTail; last: number | undefined },
): Promise<ControlResult<readonly LogEntry[]>> {
  const brief = log.isJson ? undefined : 'true';
  const all = { limit: CALLS_MAX, end: 'last', matches: () => true } as const;
  const taken = await client.log({ ...log.query, since: tail.since(), last, brief }, all);
  if (!taken.ok) return taken;
  const { rows } = taken.value;
  if (rows.length === 0) {
    const newest = await client.log({ last: 1, brief: 'true' }, { ...all, limit: 1 });
    if (!newest.ok) return newest;
    tail.noteNewest(newest.value.rows[0]?.seq ?? 0);
  }
  return { ok: true, value: tail.take(rows, Date.now()).filter(log.matches) };
}

function print({ io }: CommandContext, call: LogEntry, { isJson }: FollowedLog): void {
  if (isJson) return io.writeOut(`${JSON.stringify(call)}\n`);
  const line = toCallLine(call);
  io.writeOut(`${isCallMarked(call) ? io.outColors.yellow(line) : line}\n`);
}

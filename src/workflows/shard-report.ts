import type { TallyCarry } from '../contract/carry';
import type { ShardReport } from '../contract/shard-report';
import type { ShardSlice } from '../domain/plan';
import {
  addCounts,
  NO_SLOTS,
  type GateView,
  type ParkedChunk,
  type SlotCounts,
} from '../domain/progress';
import { countGroups, listParked } from '../domain/shard-progress';
import { isBuyingAtRest } from '../domain/shard-schedule';
import type { Shard } from '../domain/shard-state';

/** What a report says beyond the shard's own state. */
export interface ReportInput extends Pick<
  ShardReport,
  'shard' | 'stage' | 'orphans' | 'missing' | 'endedBy' | 'round' | 'auditUntilMs'
> {
  readonly state: Shard;
  /** What keeps bought instances from being ready. */
  readonly followUps: readonly ParkedChunk[];
  readonly parkedRowsMax: number;
  readonly tally: TallyCarry;
}

/** Builds the report of a shard that is under way. */
export function toShardReport(input: ReportInput): ShardReport {
  const { state, followUps, parkedRowsMax, tally, ...rest } = input;
  const groups = countGroups(state);
  const parkedStarting = followUps.reduce((sum, { slots }) => sum + slots, 0);
  const starting = groups.reduce((sum, { counts }) => sum + counts.starting, 0);
  return {
    ...rest,
    groups,
    isAtRest:
      rest.stage === 'done' ||
      (rest.stage === 'buying' && isBuyingAtRest(state) && starting === parkedStarting),
    gate: toGateView(state),
    hold: rest.stage === 'done' ? null : state.hold,
    parked: [...listParked(state), ...followUps].slice(0, parkedRowsMax),
    parkedStarting,
    ...tally,
  };
}

/** The report of a shard that was not started. */
export function toUnstartedReport(slice: ShardSlice): ShardReport {
  const byGroup = new Map<number, SlotCounts>();
  for (const { group, count } of slice.ranges) {
    const counts: SlotCounts = { ...NO_SLOTS, slots: count, planned: count };
    byGroup.set(group, addCounts(byGroup.get(group) ?? NO_SLOTS, counts));
  }
  return {
    shard: slice.index,
    stage: 'waiting',
    groups: [...byGroup].map(([group, counts]) => ({ group, counts })),
    gate: null,
    hold: null,
    isAtRest: false,
    parked: [],
    parkedStarting: 0,
    apiCalls: {},
    retries: {},
    orderIds: [],
    orphans: [],
    missing: [],
    endedBy: null,
    round: 0,
  };
}

/** Whether a shard still sends, or will once its gate opens. */
export function isBuying({ stage, groups }: ShardReport): boolean {
  if (stage === 'proving') return true;
  const isLeft = ({ planned, creating, gated }: SlotCounts): boolean =>
    planned + creating + gated > 0;
  return stage === 'buying' && groups.some(({ counts }) => isLeft(counts));
}

/** Whether a shard waits for a person. */
export function needsPerson({ stage, hold, parked }: ShardReport): boolean {
  return stage !== 'done' && (hold !== null || parked.length > 0);
}

/** Whether slots were given up. */
function isShort({ groups }: ShardReport): boolean {
  return groups.some(({ counts }) => counts.skipped + counts.parked > 0);
}

/**
 * Whether a shard has ended on a word that does not hold for a batch that goes on: what a person has
 * given up, by cancelling the shard or chunk by chunk, stays given up.
 */
export function isEndedBeforeItsTime(report: ShardReport): boolean {
  const { stage, endedBy } = report;
  return stage === 'done' && isShort(report) && (endedBy === 'batch' || endedBy === 'gone');
}

function toGateView({ gates }: Shard): GateView | null {
  const [gate] = gates;
  if (gate === undefined) return null;
  const { cause, refusal, sinceMs, nextProbeAtMs, probes } = gate;
  return { cause, code: refusal.code, sinceMs, nextProbeAtMs, probes };
}

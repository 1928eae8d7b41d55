import type { NotificationEvent } from './batch-request';
import { sha256Base32 } from './hash';
import { type Identity, toList } from './identity';
import type { BatchPhase, BatchProgress, GateView, ParkedChunk, SlotCounts } from './progress';
import { toOrphanSteps } from './orphan-steps';
import type { Orphan, ResultDocument } from './result';

/** What happened to a batch, as receivers outside learn it: CloudEvents 1.0 in JSON. */

/** Types of the events; stable. A change that breaks receivers gets the next version. */
export const EVENT_TYPES = {
  finished: 'tairfleet.batch.finished.v1',
  needsAttention: 'tairfleet.batch.needs-attention.v1',
  /** Told to whoever wants to know what needs a person. */
  orphansFound: 'tairfleet.batch.orphans-found.v1',
} as const satisfies Readonly<Record<NotificationEvent | 'orphansFound', string>>;

/** One event, in the structured form of CloudEvents 1.0. */
export interface BatchEvent<
  Data extends object = ResultDocument | AttentionReport | OrphansReport,
> {
  readonly specversion: '1.0';
  /** The same for every delivery of the event, so that a receiver can drop what it has already. */
  readonly id: string;
  /** Installation and tenant, as a URI reference. */
  readonly source: string;
  readonly type: (typeof EVENT_TYPES)[keyof typeof EVENT_TYPES];
  /** The batch id. */
  readonly subject: string;
  /** When it happened, not when it was sent. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Data;
}

/** What a person must know to help: the part of the progress that says what is wrong. */
export interface AttentionReport {
  readonly schema: 'tairfleet/attention/v1';
  readonly batchId: string;
  readonly generation: number;
  readonly account: string;
  readonly tenant: string;
  /** Counts the times that the batch began to need a person, from 1. */
  readonly episode: number;
  readonly since: string;
  readonly deadline: string;
  readonly phase: BatchPhase;
  readonly counts: SlotCounts;
  readonly gate: GateView | null;
  readonly hold: string | null;
  /** At most {@link PARKED_ROWS_MAX}; `counts.parked` tells how many slots there are in all. */
  readonly parked: readonly ParkedChunk[];
  /** What can be done, each sentence once. */
  readonly nextSteps: readonly string[];
}

/** Instances that appeared after the end of a batch, and that cost money without an owner. */
export interface OrphansReport {
  readonly schema: 'tairfleet/orphans/v1';
  readonly batchId: string;
  readonly generation: number;
  /** Of the result document that lists them. */
  readonly revision: number;
  readonly account: string;
  readonly tenant: string;
  /** How many were found. */
  readonly count: number;
  /** At most {@link ORPHAN_ROWS_MAX} of them. */
  readonly orphans: readonly Orphan[];
  /** What can be done, each sentence once. */
  readonly nextSteps: readonly string[];
}

/** Enough to see what is wrong; the progress has the rest. */
const PARKED_ROWS_MAX = 20;

/** Enough to see what it is about; the result document has the rest. */
const ORPHAN_ROWS_MAX = 20;

/** 130 bits: no two events share an id, whoever makes them. */
const ID_LENGTH = 26;

/**
 * The event of a batch that has ended.
 *
 * @param identity - whose event it is
 * @param document - the result as it was stored; the next revision of it is another event
 */
export function createFinishedEvent(
  identity: Identity,
  document: ResultDocument,
): BatchEvent<ResultDocument> {
  return createEvent({
    identity,
    event: 'finished',
    key: [document.generation, document.revision],
    time: document.finishedAt,
    data: document,
  });
}

/** Which of the times that a batch needed a person. */
export interface AttentionEpisode {
  readonly identity: Identity;
  /** First run of the execution: a terminated batch that is started again has episodes of its own. */
  readonly firstRunId: string;
  /** From 1. */
  readonly episode: number;
  readonly sinceMs: number;
}

/**
 * The event of a batch that needs a person.
 *
 * @param of - whose and which
 * @param progress - as it is when the event is made
 */
export function createAttentionEvent(
  of: AttentionEpisode,
  progress: BatchProgress,
): BatchEvent<AttentionReport> {
  return createEvent({
    identity: of.identity,
    event: 'needsAttention',
    key: [progress.generation, of.firstRunId, of.episode],
    time: toTime(of.sinceMs),
    data: createReport(of, progress),
  });
}

/** What a look after the end has found. */
export interface OrphansFinding {
  readonly identity: Identity;
  readonly generation: number;
  /** Of the document that lists them: it tells one finding from the next. */
  readonly revision: number;
  readonly orphans: readonly Orphan[];
  readonly foundAtMs: number;
}

/**
 * The event of orphans that were found after the end.
 *
 * @param finding - whose, which, and where they are written down
 */
export function createOrphansEvent(finding: OrphansFinding): BatchEvent<OrphansReport> {
  const { identity, generation, revision, orphans, foundAtMs } = finding;
  const { tenant, batchId, account } = identity;
  return createEvent({
    identity,
    event: 'orphansFound',
    key: [generation, revision],
    time: toTime(foundAtMs),
    data: {
      schema: 'tairfleet/orphans/v1',
      ...{ batchId, generation, revision, account, tenant },
      count: orphans.length,
      orphans: orphans.slice(0, ORPHAN_ROWS_MAX),
      nextSteps: toOrphanSteps(tenant, batchId),
    },
  });
}

function createReport(of: AttentionEpisode, progress: BatchProgress): AttentionReport {
  const { batchId, generation, phase, counts, gate, hold, parked, deadlineAtMs } = progress;
  return {
    schema: 'tairfleet/attention/v1',
    batchId,
    generation,
    account: of.identity.account,
    tenant: of.identity.tenant,
    episode: of.episode,
    since: toTime(of.sinceMs),
    deadline: toTime(deadlineAtMs),
    phase,
    counts,
    gate,
    hold,
    parked: parked.slice(0, PARKED_ROWS_MAX),
    nextSteps: [...new Set(parked.map(({ nextStep }) => nextStep))],
  };
}

interface EventParts<Data extends object> {
  readonly identity: Identity;
  readonly event: keyof typeof EVENT_TYPES;
  /** What tells this event from others of its type; never time or chance. */
  readonly key: readonly (string | number)[];
  readonly time: string;
  readonly data: Data;
}

function createEvent<Data extends object>(parts: EventParts<Data>): BatchEvent<Data> {
  const { identity, event, key, time, data } = parts;
  const type = EVENT_TYPES[event];
  const parted = JSON.stringify([...toList(identity), type, ...key]);
  return {
    specversion: '1.0',
    id: `evt_${sha256Base32(parted, ID_LENGTH)}`,
    source: `/tairfleet/${identity.installationId}/${identity.tenant}`,
    type,
    subject: identity.batchId,
    time,
    datacontenttype: 'application/json',
    data,
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}

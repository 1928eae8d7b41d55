import { setCurrentDetails, sleep, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type {
  FoundOrphans,
  RecordOrphansAnswer,
  SweepAnswer,
  SweepOrphansInput,
  SweepReport,
} from '../contract/sweep-types';
import { createOrphansEvent } from '../domain/batch-event';
import type { Orphan } from '../domain/result';
import { assertOperation } from './assert-operation';
import { BatchObserver } from './batch-observer';
import { operationActivities, operationCloudActivities } from './operation-activities';
import { RunTally } from './run-tally';
import { toSweepDetails } from './sweep-details';
import { tellReceivers } from './tell-receivers';

const TENANT = defineSearchAttributeKey('BatchTenant', 'KEYWORD');
const NEEDS_OPERATOR = defineSearchAttributeKey('BatchNeedsOperator', 'BOOL');

/** Looks that are made later, in all, since something stood against them: the history stays short. */
const POSTPONED_MAX = 3;

/**
 * Looks for orphans after the end of a batch (rule R9), some times later or at once. What it finds
 * stands in the next revision of the result, and is told once; nothing is adopted or deleted.
 *
 * @throws ApplicationFailure of type OperationRefused when the batch has no result, or the input is none
 */
export async function sweepOrphans(input: SweepOrphansInput): Promise<SweepReport> {
  assertOperation('sweepOrphans', input);
  return new Sweep(input).run();
}

type Recorded = Extract<RecordOrphansAnswer, { kind: 'recorded' }>;
type Look = SweepAnswer | { readonly kind: 'notNow'; readonly code: 'changed'; afterMs: number };

class Sweep {
  private readonly startedAtMs = Date.now();
  private readonly tally = new RunTally();
  private readonly observer = new BatchObserver();
  private readonly found: Orphan[] = [];
  private looks = 0;
  private location: string | null = null;

  constructor(private readonly input: SweepOrphansInput) {}

  async run(): Promise<SweepReport> {
    const laterMs = [...this.input.afterMs];
    let last: Look = { kind: 'superseded', calls: {} };
    let postponed = 0;
    for (let next = laterMs.shift(); next !== undefined; next = laterMs.shift()) {
      await this.waitUntil(this.startedAtMs + next);
      last = await this.look(laterMs.length === 0);
      if (last.kind === 'superseded') break;
      const isPatient = this.input.generation !== null && postponed < POSTPONED_MAX;
      if (last.kind !== 'notNow' || !isPatient) continue;
      postponed += 1;
      laterMs.unshift(Date.now() - this.startedAtMs + last.afterMs);
    }
    this.show(null);
    return this.toReport(last);
  }

  private async waitUntil(atMs: number): Promise<void> {
    const leftMs = atMs - Date.now();
    if (leftMs <= 0) return;
    this.show(atMs);
    await sleep(leftMs, { summary: 'what arrives after the end of the batch?' });
  }

  /** All looks but the last one are content with a right count. */
  private async look(isLast: boolean): Promise<Look> {
    const { tenant, batchId, generation, isCountEnough, scope } = this.input;
    const answer = await operationCloudActivities(`look for orphans of ${tenant}/${batchId}`).sweep(
      {
        ...{ tenant, batchId, generation },
        isCountEnough: isCountEnough || !isLast,
        scope: scope && { requestHash: scope.requestHash, places: scope.places },
      },
    );
    this.looks += 1;
    this.tally.add(answer);
    return answer.kind === 'found' ? this.take(answer) : answer;
  }

  private async take(found: SweepAnswer & FoundOrphans): Promise<Look> {
    const { tenant, batchId, by, why, ticket } = this.input;
    const { generation, revision, orphans } = found;
    const recorded = await operationActivities('write them into the result').recordOrphans({
      ...{ tenant, batchId, generation, revision, orphans },
      ...(by === undefined ? {} : { by }),
      ...(why === undefined ? {} : { why }),
      ...(ticket === undefined ? {} : { ticket }),
    });
    if (recorded.kind === 'changed') {
      return { kind: 'notNow', code: 'changed', afterMs: recorded.afterMs };
    }
    this.found.push(...orphans);
    this.observer.foundOrphans('sweep', orphans.length);
    this.location = recorded.location;
    if (recorded.isSearchable) {
      upsertSearchAttributes([
        { key: TENANT, value: tenant },
        { key: NEEDS_OPERATOR, value: true },
      ]);
    }
    await this.tell(found, recorded);
    return found;
  }

  private async tell(found: FoundOrphans, recorded: Recorded): Promise<void> {
    const { scope } = this.input;
    // The receivers of another request are not this batch's.
    if (scope?.requestHash !== found.requestHash) return;
    const { identity, revision, notifyForMs } = recorded;
    const { generation, orphans } = found;
    const event = createOrphansEvent({
      ...{ identity, generation, revision, orphans },
      foundAtMs: Date.now(),
    });
    const record = (): void => undefined;
    const telling = { notify: scope.notify, identity, notifyForMs, record };
    await tellReceivers('needsAttention', event, telling);
  }

  private toReport(last: Look): SweepReport {
    const { tenant, batchId } = this.input;
    const hasFound = this.found.length > 0;
    const knownOrphans = last.kind === 'found' || last.kind === 'clean' ? last.knownOrphans : 0;
    return {
      ...{ tenant, batchId, knownOrphans },
      outcome: hasFound || last.kind === 'found' ? 'orphans' : last.kind,
      hindrance: last.kind === 'notNow' ? last.code : null,
      isCompared: last.kind === 'found' || (last.kind === 'clean' && last.isCompared),
      orphans: this.found,
      location: this.location,
      calls: this.tally.toSums().apiCalls,
    };
  }

  private show(nextAtMs: number | null): void {
    const { looks, found } = this;
    setCurrentDetails(toSweepDetails(this.input, { looks, found, nextAtMs }));
  }
}

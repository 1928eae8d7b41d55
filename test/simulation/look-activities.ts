import { decideProof, type RunStart } from '../../src/domain/proof-decision';
import type { Proof, Since } from '../../src/domain/proof';
import { decideSettle, type SettleDecision } from '../../src/domain/settle-decision';
import type { FoundInstance } from '../../src/domain/settle-deal';
import { toSettleTimeMs, type SettleSettings } from '../../src/domain/settle-time';
import type { CloudInstance, CloudModel } from './cloud-model';
import type { Attempt, Run, TemporalModel } from './temporal-model';
import type { AuditInput } from './workflow-model';
import { toClockErrorMs, type World } from './world';

/** Every instance of the simulated batch has this in its name. */
const BATCH_TAG = '-s0000c';

/** The activities that look and never send. */
export class LookActivities {
  constructor(
    private readonly world: World,
    private readonly cloud: CloudModel,
    private readonly temporal: TemporalModel,
  ) {}

  prove(attempt: Attempt, run: Run, carried: Proof | null): void {
    const listedRunIds = this.listRunIds(run);
    if (this.isTrustedAfterReset(run)) {
      return attempt.finish({ kind: 'fresh', proof: { runId: run.id } });
    }
    const decision = decideProof({
      runId: run.id,
      firstExecutionRunId: this.world.off.has('no-other-run') ? run.id : run.firstId,
      listedRunIds,
      namedInstances: this.listAll().length,
      isLookUpAlways: false,
      carried,
      start: this.toStart(run),
    });
    if (decision === 'wait') return attempt.fail();
    if (decision !== 'unsettled') {
      return attempt.finish({ kind: decision, proof: { runId: run.id } });
    }
    const since = { runId: run.id, atMs: this.world.clock.nowMs + toClockErrorMs(this.world) };
    attempt.finish({ kind: 'unsettled', since, waitMs: toWaitMs(this.world) });
  }

  settle(attempt: Attempt, since: Since | null, name: string): void {
    const { runId, decision, atMs } = this.decide(attempt, since);
    if (decision.kind === 'wait') return attempt.finish(decision);
    // The pages of a list take their time.
    attempt.after(this.world.random.pick([0, 500, 10_000], 'pace'), () => {
      const found = this.listFound(name, attempt.activity.run);
      this.world.trace(() => `settle of ${name} at ${atMs} finds ${JSON.stringify(found)}`);
      attempt.finish({ kind: 'look', found, proof: { runId } });
    });
  }

  audit(attempt: Attempt, input: AuditInput): void {
    const { runId, decision } = this.decide(attempt, input.since);
    const listed = this.listAll().map(({ id, name }) => ({ id, name }));
    const isStale = input.proofs.some((proof) => proof?.runId !== runId);
    const isClean = !input.wasOpen && !isStale && listed.length === input.knownIds.length;
    const isCounting = this.world.off.has('audit-compares-sets');
    if (isClean || (isCounting && listed.length === input.knownIds.length)) {
      return attempt.finish({ orphans: [] });
    }
    if (decision.kind === 'wait' && !this.world.off.has('audit-settles')) {
      return attempt.finish(decision);
    }
    const known = new Set(input.knownIds);
    attempt.finish({ orphans: listed.filter(({ id }) => !known.has(id)) });
  }

  /**
   * The positive control: whether the search by name shows these, as far as they exist, in the time it
   * may take. Others are no failure: after a reset they are what an earlier run bought.
   */
  control(attempt: Attempt, name: string, ids: readonly string[]): void {
    const isTrusted = this.world.off.has('positive-control');
    attempt.after(this.world.settings.visibilityLagMs, () => {
      const found = this.cloud.list(name).map(({ id }) => id);
      const isComplete = ids.every((id) => found.includes(id) || this.cloud.find(id)?.isGone);
      const refusal = { class: 'foreign', code: 'control-failed' } as const;
      attempt.finish({ refusal: isComplete || isTrusted ? null : refusal });
    });
  }

  awaitReady(attempt: Attempt, ids: readonly string[]): void {
    const failed = ids.flatMap((id) => {
      const { isHealthy = true, isGone = false } = this.cloud.find(id) ?? {};
      return isHealthy ? [] : [{ id, status: isGone ? 'Released' : 'Error' }];
    });
    attempt.finish({ readyCount: ids.length - failed.length, failed });
  }

  private listRunIds(run: Run): string[] {
    const { off } = this.world;
    if (off.has('no-other-run')) return [run.id];
    const listed = this.temporal.listRunIds();
    return off.has('own-run-listed') ? [...listed, run.id] : listed;
  }

  /** The first event of the run's history; a reset run has that of the run it is a reset of. */
  private toStart(run: Run): RunStart {
    const originalRunId = this.world.off.has('reset-continues-nothing') ? run.id : run.originalId;
    const isContinueAsNew = run.continuedId !== null;
    return { originalRunId, continuedFromRunId: run.continuedId, isContinueAsNew };
  }

  private decide(
    attempt: Attempt,
    since: Since | null,
  ): { runId: string; atMs: number; decision: SettleDecision } {
    const { off, clock } = this.world;
    const runId = attempt.activity.run.id;
    const atMs = clock.nowMs + toClockErrorMs(this.world);
    const seen = since !== null && off.has('wait-of-this-run') ? { ...since, runId } : since;
    const decision: SettleDecision = off.has('settle-waits')
      ? { kind: 'look' }
      : decideSettle(seen, { runId, atMs }, toEffectiveSettings(this.world));
    return { runId, atMs, decision };
  }

  /** The lie that a run which is a reset has nothing to settle when a search finds nothing. */
  private isTrustedAfterReset(run: Run): boolean {
    const isReset = run.originalId !== run.id;
    return this.world.off.has('settle-after-reset') && isReset && this.listAll().length === 0;
  }

  private listAll(): CloudInstance[] {
    return this.cloud.list(BATCH_TAG);
  }

  private listFound(name: string, run: Run): FoundInstance[] {
    const found = listByName(this.world, this.cloud, { name, run }).map(({ id, isHealthy }) => ({
      id,
      isHealthy,
      isOurs: true,
    }));
    if (!this.world.off.has('healthy-first')) return found;
    // The lie: all look healthy, and the failed ones come first.
    return found
      .sort((left, right) => Number(left.isHealthy) - Number(right.isHealthy))
      .map((instance) => ({ ...instance, isHealthy: true }));
  }
}

/** What a search by name shows; the lie is that only what the run itself can have bought counts. */
export function listByName(
  { off }: World,
  cloud: CloudModel,
  { name, run }: { readonly name: string; readonly run: Run },
): CloudInstance[] {
  const found = cloud.list(name);
  if (!off.has('no-time-filter')) return found;
  return found.filter(({ createdAtMs }) => createdAtMs >= run.startedAtMs);
}

/** How long an outcome in doubt waits before its settle. */
export function toWaitMs(world: World): number {
  const settings = toEffectiveSettings(world);
  if (world.off.has('settle-waits')) return 0;
  return toSettleTimeMs(settings) + settings.timerMarginMs;
}

function toEffectiveSettings({ settings, off }: World): SettleSettings {
  if (!off.has('delay-in-settle-time')) return settings;
  return { ...settings, sendWindowMs: 0, signatureValidityMs: 0, clockSkewMs: 0, commitLagMs: 0 };
}

import type { Faults } from './faults';
import type { Rule } from './rules';
import { simulate } from './simulation';

const SEEDS_MAX = 8_000;

// Seconds alone; the machine may be busy with other tests.
jest.setTimeout(120_000);

interface Row {
  /** What goes wrong without the rule: the shortest way to it, in words. */
  readonly without: string;
  readonly off: readonly Rule[];
  /** Faults that the way needs; the others come and go with the seed. */
  readonly forced?: Partial<Faults>;
}

const ROWS: readonly Row[] = [
  {
    without: 'R4: a refusal after an ambiguous attempt counts, and the first request lands',
    off: ['proven-first-send'],
  },
  {
    without: 'R2: after a reset the old epoch is sent without a look, since the run trusts itself',
    off: ['proof-is-data'],
  },
  {
    without: 'R4: after an activity reset attempt 1 is not the first, and its refusal counts',
    off: ['scheduled-times'],
    forced: { activityReset: 0.5, split: 0.8, refusal: 0.4, refusalOfKnown: 0.5, lostAnswer: 0.5 },
  },
  {
    without: 'R2: a second submission sees no instance yet and trusts itself',
    off: ['no-other-run'],
  },
  {
    without: 'R2: the list of runs lags, and shows no earlier run',
    off: ['own-run-listed'],
  },
  {
    without: 'R2: a reset of a continued run trusts what it carried, and sends again',
    off: ['reset-continues-nothing'],
    forced: { continueAsNew: 0.4, workflowReset: 0.5 },
  },
  {
    without: 'R2: after a reset and a continue-as-new what was stale counts as proven',
    off: ['stale-stays-stale'],
    forced: {
      ...{ instanceError: 0.3, workflowReset: 0.3, continueAsNew: 0.9, lostAnswer: 0.3 },
      ...{ refusal: 0, split: 0, pause: 0, skip: 0, cancel: 0, restart: 0 },
      ...{ throttle: 0, transient: 0, notConnected: 0, failedLookUp: 0 },
      untilMs: 5_400_000,
    },
  },
  {
    without: 'R5: a settle that was carried into the next run looks without having waited',
    off: ['settle-waits-anew'],
    forced: { continueAsNew: 0.4, lateRequest: 0.5 },
  },
  {
    without: 'R5: a settle looks at once, and the instances show up later',
    off: ['settle-waits'],
  },
  {
    without: 'R5: a settle waits for the visibility only, and a late request lands',
    off: ['delay-in-settle-time'],
  },
  {
    without: 'R5: a reset to just after the timer looks without having waited',
    off: ['wait-of-this-run'],
    forced: { workflowReset: 0.7, lateRequest: 0.5 },
  },
  {
    without: 'R5: a look-up shows some, the rest is ordered, and the others show up',
    off: ['some-is-in-doubt'],
    forced: { lostAnswer: 0.7, crash: 0.3 },
  },
  {
    without: 'R11: a second run cuts the batch in another way and finds other names',
    off: ['frozen-plan'],
    forced: { restart: 0.4 },
  },
  {
    without: 'R5: fewer ids than asked count as a refusal of the rest',
    off: ['short-answer-is-ambiguous'],
  },
  {
    without: 'R5: a path is proven although an instance was left over, and adopts it',
    off: ['leftover-costs-proof'],
    forced: {
      ...{ instanceError: 0.3, workflowReset: 0.3, lostAnswer: 0.4, refusal: 0.3 },
      ...{ continueAsNew: 0, restart: 0 },
    },
  },
  {
    without: 'R5: a failed instance is owned, and its replacement left over and bought again',
    off: ['healthy-first', 'leftover-costs-proof'],
    forced: { instanceError: 0.4, workflowReset: 0.4 },
  },
  {
    without: 'R6: the same token again, which the service has forgotten',
    off: ['token-outlives-settle'],
  },
  {
    without: 'R3: an old attempt wakes up and sends what was settled long ago',
    off: ['send-window'],
  },
  {
    without: "R8: a look-up adopts another path's instances",
    off: ['ignored-ids'],
  },
  {
    without: 'R8: a token of an earlier run is answered with instances that are owned already',
    off: ['spent-token'],
  },
  {
    without: 'R1: one token meets two bodies',
    off: ['body-in-token'],
    forced: { restart: 0.4, refusal: 0.8, retry: 0.6 },
  },
  {
    without: 'R9: the audit looks at once, and an instance shows up after the end',
    off: ['audit-settles'],
    forced: {
      ...{ refusal: 0.6, retry: 0.5, cancel: 0.3, lateRequest: 0.9, workflowReset: 0.2 },
      ...{ pause: 0, skip: 0, restart: 0, continueAsNew: 0, crash: 0, freeze: 0 },
      untilMs: 2_000_000,
    },
  },
  {
    without: 'R9: one instance is gone and another one is an orphan, so that the count is right',
    off: ['audit-compares-sets'],
    forced: { skip: 0.6, instanceGone: 0.4, lateRequest: 0.6, workflowReset: 0.3 },
  },
];

test.each(ROWS)('the simulator notices, without $without', ({ off, forced = {} }) => {
  expect(findSeedThatNeeds(off, forced)).not.toBeNull();
});

/** A seed that goes wrong without the rules, and well with them under the very same faults. */
function findSeedThatNeeds(off: readonly Rule[], forced: Partial<Faults>): number | null {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    if (simulate(seed, { off, forced }).wrong.length === 0) continue;
    if (simulate(seed, { forced }).wrong.length === 0) return seed;
  }
  return null;
}

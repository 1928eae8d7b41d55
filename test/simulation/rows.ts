import type { InvariantName } from '../../src/domain/invariants';
import { FAULT_KINDS, type Faults } from './faults';
import type { Rule } from './rules';

/** A rule without which a run goes wrong that goes well with it, under the very same faults. */
export interface Row {
  /** What goes wrong without the rule: the shortest way to it, in words. */
  readonly without: string;
  readonly off: readonly Rule[];
  /** Rules that are off in both runs, where two of them stand behind each other. */
  readonly besides?: readonly Rule[];
  /** What is broken then; mostly that there are too many. */
  readonly breaks?: InvariantName;
  /** Faults that the way needs; the others come and go with the seed. */
  readonly forced?: Partial<Faults>;
  /** Numbers of the counterexamples that it is the test of. */
  readonly shows?: readonly number[];
}

/** These faults and no others: what is rare shows sooner when nothing else happens. */
function only(faults: Partial<Faults>): Partial<Faults> {
  return { ...Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])), ...faults };
}

/** Every rule that can be switched off, in the order of the rules. */
export const ROWS: readonly Row[] = [
  {
    without: 'R1: one token meets two bodies',
    off: ['body-in-token'],
    breaks: 'one-body-per-token',
    forced: { restart: 0.4, refusal: 0.8, retry: 0.6 },
    shows: [15],
  },
  {
    without: 'R2: after a reset the old epoch is sent without a look, since the run trusts itself',
    off: ['proof-is-data'],
    shows: [13],
  },
  {
    without: 'R2: a second submission sees no instance yet and trusts itself',
    off: ['no-other-run'],
    shows: [5],
  },
  {
    without: 'R2: the list of runs lags, and shows no earlier run',
    off: ['own-run-listed'],
    shows: [19],
  },
  {
    without: 'R2: a reset run trusts a search that shows nothing, and the instances show up later',
    off: ['settle-after-reset'],
    forced: { workflowReset: 0.4 },
    shows: [4],
  },
  {
    without: 'R2: a reset of a continued run trusts what it carried, and sends again',
    off: ['reset-continues-nothing'],
    forced: only({ continueAsNew: 0.3, workflowReset: 0.2, lateRequest: 0.3 }),
  },
  {
    without: 'R2: after a reset and a continue-as-new what was stale counts as proven',
    off: ['stale-stays-stale'],
    forced: only({ instanceError: 0.3, workflowReset: 0.3, continueAsNew: 0.9, lostAnswer: 0.3 }),
  },
  {
    without: 'R3: an old attempt wakes up and sends what was settled long ago',
    off: ['send-window'],
    shows: [8],
  },
  {
    without: 'R3: an attempt begins long after others have settled what it was to do, and sends it',
    off: ['asks-first'],
    forced: only({ lateStart: 0.4, lateRequest: 0.5, refusal: 0.3 }),
  },
  {
    without: 'R3: an attempt stalls between look and send for longer than a token lives',
    off: ['fresh-look-up'],
    // As long as the window holds it ends such an attempt before its look is too old.
    besides: ['send-window'],
    forced: only({ freeze: 0.5, lostAnswer: 0.4 }),
    shows: [9],
  },
  {
    without: 'R4: a refusal after an ambiguous attempt counts, and the first request lands',
    off: ['proven-first-send'],
    shows: [6],
  },
  {
    without: 'R4: after an activity reset attempt 1 is not the first, and its refusal counts',
    off: ['scheduled-times'],
    forced: { activityReset: 0.5, split: 0.8, refusal: 0.4, refusalOfKnown: 0.5, lostAnswer: 0.5 },
    shows: [7],
  },
  {
    without: 'R5: a look-up shows some, the rest is ordered, and the others show up',
    off: ['some-is-in-doubt'],
    forced: { lostAnswer: 0.7, crash: 0.3 },
    shows: [1],
  },
  {
    without: 'R5: fewer ids than asked count as a refusal of the rest',
    off: ['short-answer-is-ambiguous'],
    shows: [2],
  },
  {
    without: 'R5: a settle looks at once, and the instances show up later',
    off: ['settle-waits'],
  },
  {
    without: 'R5: a settle waits for the visibility only, and a late request lands',
    off: ['delay-in-settle-time'],
    shows: [3],
  },
  {
    without: 'R5: a reset to just after the timer looks without having waited',
    off: ['wait-of-this-run'],
    forced: { workflowReset: 0.7, lateRequest: 0.5 },
    shows: [14],
  },
  {
    without: 'R5: a settle that was carried into the next run looks without having waited',
    off: ['settle-waits-anew'],
    forced: { continueAsNew: 0.4, lateRequest: 0.5 },
  },
  {
    without: 'R5: a path is proven although an instance was left over, and adopts it',
    off: ['leftover-costs-proof'],
    forced: only({
      ...{ instanceError: 0.3, workflowReset: 0.1 },
      lostAnswer: 0.6,
      untilMs: 5_400_000,
    }),
  },
  {
    without: 'R5: a failed instance is owned, and its replacement left over and bought again',
    off: ['healthy-first', 'leftover-costs-proof'],
    forced: { instanceError: 0.4, workflowReset: 0.4 },
    shows: [23],
  },
  {
    without: 'R5: a settle deals to one path, and another one trusts that nothing was left',
    off: ['one-settle-for-all'],
    forced: only({ workflowReset: 0.15, split: 0.8, refusal: 0.4, retry: 0.5 }),
    shows: [24],
  },
  {
    without: 'R5: a settle proves what it did not deal to, and a replacement is bought again',
    off: ['owned-keep-their-proof'],
    forced: only({
      ...{ instanceError: 0.3, workflowReset: 0.1, lostAnswer: 0.3 },
      ...{ refusal: 0.3, split: 0.3, untilMs: 5_400_000 },
    }),
    shows: [25],
  },
  {
    without: 'R6: the same token again, which the service has forgotten',
    off: ['token-outlives-settle'],
  },
  {
    without: 'R7: somebody retries a path in doubt, and it takes its next token at once',
    off: ['settle-before-retry'],
    shows: [10],
  },
  {
    without: 'R7: a cancel that comes before the proof ends what an earlier run may have bought',
    off: ['doubt-before-orders'],
    breaks: 'no-needless-orphan',
    forced: only({ restart: 0.4, cancel: 0.3 }),
  },
  {
    without: 'R7: a batch is cancelled in doubt, and an instance shows up that nobody waited for',
    off: ['settle-before-end'],
    breaks: 'no-needless-orphan',
    forced: { cancel: 0.3 },
    shows: [11],
  },
  {
    without: 'R8: two paths of one name send side by side, and adopt what the other one bought',
    off: ['turns'],
    breaks: 'one-owner',
    forced: only({ split: 0.8, lostRequest: 0.4, refusal: 0.3, retry: 0.5 }),
    shows: [18],
  },
  {
    without: 'R8: a path sends while another one settles, and adopts what was late',
    off: ['settling-is-open'],
    forced: only({ split: 0.8, refusal: 0.4, lostAnswer: 0.3, lateRequest: 0.3, retry: 0.5 }),
    shows: [26],
  },
  {
    without: "R8: a look-up adopts another path's instances",
    off: ['ignored-ids'],
    breaks: 'one-owner',
  },
  {
    without: 'R8: a look-up adopts the failed instance that it is to replace',
    off: ['replaced-are-ignored'],
    breaks: 'slots-covered-once',
    forced: { instanceError: 0.3, lostAnswer: 0.4 },
    shows: [12],
  },
  {
    without: 'R8: a slot whose instances fail is bought again and again',
    off: ['replacements-end'],
    breaks: 'replaced-as-allowed',
    forced: { instanceError: 0.3 },
  },
  {
    without: 'R8: a look-up passes over what was bought before its own run began',
    off: ['no-time-filter'],
    forced: { restart: 0.3 },
    shows: [16],
  },
  {
    without: 'R8: a token of an earlier run is answered with instances that are owned already',
    off: ['spent-token'],
    breaks: 'one-owner',
    forced: only({ workflowReset: 0.15, split: 0.8, refusal: 0.4, retry: 0.5 }),
    shows: [21],
  },
  {
    without: 'R9: the audit looks at once, and an instance shows up after the end',
    off: ['audit-settles'],
    breaks: 'all-accounted-for',
    forced: only({ lateRequest: 1, workflowReset: 0.2, cancel: 0.15, pause: 0.8 }),
  },
  {
    without: 'R9: one instance is gone and another one is an orphan, so that the count is right',
    off: ['audit-compares-sets'],
    breaks: 'all-accounted-for',
    forced: only({
      ...{ instanceGone: 0.3, workflowReset: 0.5, cancel: 0.3 },
      refusal: 0.5,
      retry: 0.4,
    }),
    shows: [17],
  },
  {
    without: 'R9: a reset forgets a purchase, and a price that rose keeps its slot from a look',
    off: ['audit-offers-first'],
    breaks: 'no-needless-orphan',
    forced: only({ workflowReset: 0.3, priceChange: 0.8 }),
  },
  {
    without: 'R9: a settle calls an orphan what another path then owns',
    off: ['orphans-at-the-end'],
    // A settle of all paths of a home chunk at once leaves over what none of them can own.
    besides: ['one-settle-for-all'],
    breaks: 'no-needless-orphan',
    forced: only({ workflowReset: 0.15, split: 0.8, refusal: 0.4, retry: 0.5 }),
    shows: [22],
  },
  {
    without: 'R9: a settle of one path calls an orphan what another one bought, which buys again',
    off: ['surplus-of-the-home-chunk'],
    forced: only({ workflowReset: 0.15, split: 0.8, refusal: 0.4, retry: 0.5 }),
    shows: [27],
  },
  {
    without: 'R11: a second run cuts the batch in another way and finds other names',
    off: ['frozen-plan'],
    forced: { restart: 0.4 },
    shows: [20],
  },
  {
    without: 'what costs more than its cap is bought all the same',
    off: ['bars-hold'],
    breaks: 'bars-hold',
  },
  {
    without:
      'R12: a search that finds nothing goes unnoticed, and what it should find is bought again',
    off: ['positive-control'],
    forced: { blindSearch: 1, lostAnswer: 0.3 },
  },
];

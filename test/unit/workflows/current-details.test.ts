import type { ParkedChunk } from '../../../src/domain/progress';
import { toCurrentDetails } from '../../../src/workflows/current-details';
import { createBatchProgress } from '../../support/batch-progress';

/** What an operator reads on the batch's page in the Temporal UI. */

const SINCE_MS = Date.UTC(2026, 10, 24, 6, 51, 12);
const SINCE = '2026-11-24T06:51:12Z';

function createParked(changes: Partial<ParkedChunk> = {}): ParkedChunk {
  return {
    ...{ chunk: 'sessions/0-89', slots: 90, class: 'denied', code: 'Forbidden.RAM' },
    ...{ requestId: 'req-1', sinceMs: SINCE_MS, nextStep: 'Give the permission.' },
    ...changes,
  };
}

const STUCK = { phase: 'parked', needsOperator: true } as const;

it('says nothing is to do while all goes well', () => {
  expect(toCurrentDetails(createBatchProgress())).toBe(
    [
      '**provisioning**: 640 of 1000 instances are ready.',
      'Nothing to do.',
      'slots 1000 · starting 360 · ready 640',
    ].join('\n\n'),
  );
});

it('names what to press before anything else', () => {
  const details = toCurrentDetails(createBatchProgress({ ...STUCK, parked: [createParked()] }));
  const [headline, advice] = details.split('\n\n');
  expect(headline).toContain('parked, needs a person');
  expect(advice).toContain('choose `retryFailed`, and submit');
  expect(advice).toContain('ends at 1970-01-02T00:00:00Z');
});

it('gives each cause once, with the chunks that share it, since when, and request ids', () => {
  const parked = [createParked(), createParked({ chunk: 'sessions/90-179', requestId: 'req-2' })];
  const details = toCurrentDetails(createBatchProgress({ ...STUCK, parked }));
  expect(details.match(/Parked because of `Forbidden.RAM`/g)).toHaveLength(1);
  expect(details).toContain(
    `- \`sessions/0-89\`, 90 instances, since ${SINCE}, request id \`req-1\`\n` +
      `- \`sessions/90-179\`, 90 instances, since ${SINCE}, request id \`req-2\``,
  );
});

it('lists no more than 20 chunks, and says how many more there are', () => {
  const parked = Array.from({ length: 23 }, (_none, at) => createParked({ chunk: `s/${at}` }));
  const details = toCurrentDetails(createBatchProgress({ ...STUCK, parked }));
  expect(details.match(/^- `s\//gm)).toHaveLength(20);
  expect(details).toContain('and 3 more parked chunks');
});

it('says since when it is on hold, also when no chunk is parked', () => {
  const held = { hold: 'InsufficientBalance: No money.', holdCode: 'InsufficientBalance' };
  expect(toCurrentDetails(createBatchProgress({ ...held, holdSinceMs: SINCE_MS }))).toContain(
    `**On hold** since ${SINCE}, so no new calls are made: InsufficientBalance: No money.`,
  );
  expect(toCurrentDetails(createBatchProgress(held))).toContain('**On hold**, so no new calls');
});

it('says what a gate waits for, and when it asks again', () => {
  const gate = { cause: 'quota', code: 'QuotaExceed', sinceMs: SINCE_MS, probes: 3 } as const;
  const next = SINCE_MS + 60_000;
  expect(
    toCurrentDetails(createBatchProgress({ gate: { ...gate, nextProbeAtMs: next } })),
  ).toContain(
    `**Waiting for quota** since ${SINCE}: the service says \`QuotaExceed\`. 3 probes were refused ` +
      'so far; the next probe goes at 2026-11-24T06:52:12Z.',
  );
  expect(
    toCurrentDetails(
      createBatchProgress({ gate: { ...gate, cause: 'halt', nextProbeAtMs: null } }),
    ),
  ).toContain('**Waiting for the end of the halt**');
});

it('says how to go on after a pause', () => {
  const details = toCurrentDetails(createBatchProgress({ phase: 'paused' }));
  expect(details).toContain('choose `resume`');
});

import { createResultDocument } from '../../support/result-document';
import {
  FROZEN,
  KEY,
  OTHER_SUBMISSION,
  SUBMISSION,
  createRun,
  useServiceFixtures,
} from '../../support/service-fixture';
import type { ServiceFixture } from '../../support/service-fixture';

const create = useServiceFixtures();
let fixture: ServiceFixture;
beforeEach(() => void (fixture = create()));

describe('retry', () => {
  it('goes on with the parked chunks of an open batch', async () => {
    const seen: unknown[] = [];
    fixture = create({
      runs: [createRun()],
      onUpdate: (name, input) => {
        seen.push(name, input);
        return { message: 'done', chunks: ['a'] };
      },
    });
    const retried = await fixture.service.retry(KEY, { chunks: ['a'], by: 'ada' });
    expect(retried).toMatchObject({ ok: true, value: { kind: 'resumed' } });
    expect(seen).toEqual(['retryFailed', { chunks: ['a'], by: 'ada' }]);
  });

  it('starts the next run of an ended batch with the same request and plan', async () => {
    const memo = { 'tairfleet.frozen': FROZEN };
    const input = { request: SUBMISSION.document };
    fixture = create({ runs: [createRun({ status: 'COMPLETED', input, memo })] });
    await fixture.storeResult({
      outcome: 'partial',
      counts: { ...createResultDocument().counts, ready: 1 },
    });
    expect(await fixture.service.retry(KEY, {})).toMatchObject({
      ok: true,
      value: { kind: 'started' },
    });
    expect(fixture.temporal.started[0]?.options).toMatchObject({
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ request: SUBMISSION.document, frozen: FROZEN }],
    });
  });

  it('does nothing when nothing is missing', async () => {
    fixture = create({ runs: [createRun({ status: 'COMPLETED', input: SUBMISSION.document })] });
    await fixture.storeResult();
    expect(await fixture.service.retry(KEY, {})).toMatchObject({
      ok: false,
      code: 'already-finished',
    });
    expect(fixture.temporal.started).toHaveLength(0);
  });

  it('asks for the request when Temporal has forgotten it, and takes no other one', async () => {
    await fixture.storeResult({
      outcome: 'failed',
      counts: { ...createResultDocument().counts, ready: 0 },
    });
    expect(await fixture.service.retry(KEY, {})).toMatchObject({ ok: false, code: 'not-found' });
    const other = await fixture.service.retry(KEY, { submission: OTHER_SUBMISSION });
    expect(other).toMatchObject({ ok: false, code: 'conflict' });
    const same = await fixture.service.retry(KEY, { submission: SUBMISSION });
    expect(same).toMatchObject({ ok: true, value: { kind: 'started' } });
  });
});

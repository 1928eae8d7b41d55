import { createTemporalError } from '../../support/fake-temporal-client';
import { KEY, createRun, useServiceFixtures } from '../../support/service-fixture';
import type { ServiceFixture } from '../../support/service-fixture';

const create = useServiceFixtures();
let fixture: ServiceFixture;
beforeEach(() => void (fixture = create()));

describe('an operator action', () => {
  it("is refused with the batch's own reason", async () => {
    fixture = create({
      runs: [createRun()],
      onUpdate: () => {
        throw createTemporalError('WorkflowUpdateFailedError', { message: 'It is not paused.' });
      },
    });
    const answer = await fixture.service.act(KEY, { name: 'resume', input: {} });
    expect(answer).toEqual({ ok: false, code: 'refused', message: 'It is not paused.' });
  });

  it('says that the batch has ended, and not that there is none', async () => {
    fixture = create({ runs: [createRun({ status: 'COMPLETED' })] });
    const answer = await fixture.service.act(KEY, { name: 'pause', input: {} });
    expect(answer).toMatchObject({ ok: false, code: 'already-finished' });
  });

  it('is named in words, and not as its update', async () => {
    fixture = create({ runs: [createRun({ status: 'COMPLETED' })] });
    const answer = await fixture.service.act(KEY, { name: 'setConcurrency', input: {} });
    expect(answer).toMatchObject({
      message: expect.stringMatching(/^Could not set the concurrency of the batch /) as unknown,
    });
  });

  it('counts as done when the batch ends before it can answer', async () => {
    const cause = { type: 'AcceptedUpdateCompletedWorkflow', message: 'x' };
    fixture = create({
      runs: [createRun()],
      onUpdate: () => {
        throw createTemporalError('WorkflowUpdateFailedError', cause);
      },
    });
    expect(await fixture.service.act(KEY, { name: 'cancel', input: {} })).toMatchObject({
      ok: true,
    });
  });
});

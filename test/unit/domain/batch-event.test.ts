import {
  createAttentionEvent,
  createFinishedEvent,
  createOrphansEvent,
} from '../../../src/domain/batch-event';
import { NO_SLOTS, type BatchProgress, type ParkedChunk } from '../../../src/domain/progress';
import { createResultDocument } from '../../support/result-document';

const IDENTITY = { installationId: 'home', account: 'prod', tenant: 'shop', batchId: 'nightly' };
const EPISODE = { identity: IDENTITY, firstRunId: 'run-1', episode: 1, sinceMs: 1_700_000_000_000 };

function createParked(index: number): ParkedChunk {
  return {
    chunk: `sessions/${index}`,
    slots: 1,
    class: 'invalid',
    code: 'InvalidCapacity.NotFound',
    nextStep: 'Correct the group.',
  };
}

function createProgress(parked: readonly ParkedChunk[] = []): BatchProgress {
  return {
    schema: 'tairfleet/progress/v1',
    batchId: 'nightly',
    tenant: 'shop',
    account: 'prod',
    generation: 0,
    phase: 'parked',
    needsOperator: true,
    counts: { ...NO_SLOTS, slots: 100, parked: parked.length },
    groups: [],
    gate: null,
    hold: null,
    holdCode: null,
    holdSinceMs: null,
    parked,
    approval: null,
    startedAtMs: 1_699_999_000_000,
    deadlineAtMs: 1_700_086_400_000,
    log: [],
  };
}

describe('the event of the end', () => {
  const document = createResultDocument({ batchId: 'nightly', generation: 2, revision: 1 });

  it('is a CloudEvent 1.0 that happened when the batch ended', () => {
    expect(createFinishedEvent(IDENTITY, document)).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^evt_[0-9a-hjkmnp-tv-z]{26}$/) as unknown,
      source: '/tairfleet/home/shop',
      type: 'tairfleet.batch.finished.v1',
      subject: 'nightly',
      time: document.finishedAt,
      datacontenttype: 'application/json',
      data: document,
    });
  });

  it('has an id that neither time nor another run changes', () => {
    const later = { ...document, finishedAt: '2030-01-01T00:00:00.000Z', firstRunId: 'run-9' };
    const { id } = createFinishedEvent(IDENTITY, document);
    expect(createFinishedEvent(IDENTITY, later).id).toBe(id);
  });

  it('has another id for another batch, generation or revision', () => {
    const ids = [
      createFinishedEvent(IDENTITY, document).id,
      createFinishedEvent({ ...IDENTITY, installationId: 'other' }, document).id,
      createFinishedEvent({ ...IDENTITY, account: 'other' }, document).id,
      createFinishedEvent({ ...IDENTITY, tenant: 'other' }, document).id,
      createFinishedEvent({ ...IDENTITY, batchId: 'other' }, document).id,
      createFinishedEvent(IDENTITY, { ...document, generation: 3 }).id,
      createFinishedEvent(IDENTITY, { ...document, revision: 2 }).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the event of a need for a person', () => {
  it('says what is wrong and what can be done, each sentence once and rows up to twenty', () => {
    const parked = Array.from({ length: 30 }, (_, index) => createParked(index));
    const { type, time, data } = createAttentionEvent(EPISODE, createProgress(parked));
    expect({ type, time }).toEqual({
      type: 'tairfleet.batch.needs-attention.v1',
      time: '2023-11-14T22:13:20.000Z',
    });
    expect(data).toMatchObject({
      schema: 'tairfleet/attention/v1',
      episode: 1,
      since: time,
      deadline: '2023-11-15T22:13:20.000Z',
      counts: { parked: 30 },
      nextSteps: ['Correct the group.'],
    });
    expect(data.parked).toEqual(parked.slice(0, 20));
  });

  it('has an id of its own for each episode, and for a batch that was started again', () => {
    const progress = createProgress();
    const ids = [
      createAttentionEvent(EPISODE, progress).id,
      createAttentionEvent({ ...EPISODE, episode: 2 }, progress).id,
      createAttentionEvent({ ...EPISODE, firstRunId: 'run-2' }, progress).id,
      createAttentionEvent(EPISODE, { ...progress, generation: 1 }).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    const later = { ...EPISODE, sinceMs: EPISODE.sinceMs + 1 };
    expect(createAttentionEvent(later, createProgress([createParked(0)])).id).toBe(ids[0]);
  });
});

describe('the event of orphans', () => {
  const orphans = Array.from({ length: 23 }, (_, at) => ({
    ...{ id: `r-${at}`, name: 'n', region: 'cn-hangzhou', status: 'Normal' },
  }));
  const finding = {
    ...{ identity: IDENTITY, generation: 0, revision: 1, orphans },
    foundAtMs: 1_700_000_000_000,
  };

  it('says how many there are, names some, and what helps', () => {
    const event = createOrphansEvent(finding);
    expect(event).toMatchObject({
      ...{ type: 'tairfleet.batch.orphans-found.v1', subject: 'nightly' },
      time: '2023-11-14T22:13:20.000Z',
      data: { schema: 'tairfleet/orphans/v1', account: 'prod', tenant: 'shop', count: 23 },
    });
    expect(event.data.orphans).toHaveLength(20);
    expect(event.data.nextSteps.join(' ')).toContain('tairfleet reconcile shop/nightly --adopt');
  });

  it('has an id of its own for each revision that lists some, whenever it is told', () => {
    const { id } = createOrphansEvent(finding);
    expect(createOrphansEvent({ ...finding, foundAtMs: 0 }).id).toBe(id);
    expect(createOrphansEvent({ ...finding, revision: 2 }).id).not.toBe(id);
  });
});

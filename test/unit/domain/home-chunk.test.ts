import type { HomeEvent } from '../../../src/domain/home-event';
import { isClosed, type HomeChunk } from '../../../src/domain/home-chunk-state';
import {
  applyAll,
  createFound,
  createProvenHome,
  createRefusal,
  OLD_PROOF,
  pathOf,
  PROOF,
} from '../../support/domain-samples';

const SINCE = { runId: 'this-run', atMs: 1_000 };
const SCHEDULE = { type: 'schedule', path: 'g/0-1' } as const;
const LOST = { type: 'lost', path: 'g/0-1' } as const;
const SKIP = { type: 'skip', path: 'g/0-1' } as const;
const RETRY = { type: 'retry', path: 'g/0-1' } as const;
const CREATED = { type: 'created', path: 'g/0-1', ids: ['r-1', 'r-2'] } as const;
const ENDED = { as: 'parked', refusal: createRefusal('unknown') } as const;

function toRefusedBy(errorClass: Parameters<typeof createRefusal>[0]): HomeEvent {
  return { type: 'refused', path: 'g/0-1', refusal: createRefusal(errorClass) };
}

function toUnsettled(errorClass: Parameters<typeof createRefusal>[0] | null): HomeEvent {
  const refusal = errorClass === null ? null : createRefusal(errorClass);
  return { type: 'unsettled', path: 'g/0-1', since: SINCE, waitMs: 5_000, refusal };
}

function toSettled(...ids: string[]): HomeEvent {
  return { type: 'settled', found: ids.map((id) => createFound(id)), proof: PROOF };
}

/** Two slots whose create is in flight. */
function createCreating(): HomeChunk {
  return applyAll(createProvenHome(2), SCHEDULE).home;
}

describe('a planned path', () => {
  test('is created when it is scheduled, and what the home chunk owns is frozen as ignored', () => {
    const { home, commands } = applyAll(createProvenHome(2), SCHEDULE);
    expect(pathOf(home, 'g/0-1').phase).toBe('creating');
    expect(commands).toEqual([{ type: 'create', path: 'g/0-1', ignoreIds: [] }]);
  });

  test('waits while another path of its home chunk is in flight', () => {
    const split = applyAll(createProvenHome(2), { type: 'split', path: 'g/0-1' }).home;
    const first = applyAll(split, { type: 'schedule', path: 'g/0-0' }).home;
    const second = applyAll(first, { type: 'schedule', path: 'g/1-1' });
    expect(second.commands).toEqual([]);
    expect(pathOf(second.home, 'g/1-1').phase).toBe('planned');
  });

  test('waits while another path of its home chunk is settling', () => {
    const { home, commands } = applyAll(
      createProvenHome(2),
      { type: 'split', path: 'g/0-1' },
      { type: 'schedule', path: 'g/0-0' },
      { type: 'lost', path: 'g/0-0' },
      { type: 'schedule', path: 'g/1-1' },
    );
    expect(commands).toEqual([]);
    expect(pathOf(home, 'g/1-1').phase).toBe('planned');
  });

  test('settles first when the run could not prove itself', () => {
    const doubt = { type: 'doubt', since: SINCE, waitMs: 5_000 } as const;
    const { home, commands } = applyAll(createProvenHome(2), doubt);
    expect(pathOf(home, 'g/0-1').phase).toBe('settling');
    expect(commands).toEqual([{ type: 'settle', afterMs: 5_000 }]);
    expect(home.wasOpen).toBe(true);
  });

  test('settles first beside one that is owned already', () => {
    const { home, commands } = applyAll(
      createProvenHome(2),
      { type: 'split', path: 'g/0-1' },
      { type: 'schedule', path: 'g/0-0' },
      { type: 'created', path: 'g/0-0', ids: ['r-1'] },
      { type: 'doubt', since: SINCE, waitMs: 5_000 },
    );
    expect(home.paths.map(({ phase }) => phase)).toEqual(['owned', 'settling']);
    expect(commands).toEqual([{ type: 'settle', afterMs: 5_000 }]);
  });

  test('does not settle when nobody is in doubt: a settle that comes late changes nothing', () => {
    const home = createProvenHome(2);
    expect(applyAll(home, toSettled('r-1', 'r-2'))).toEqual({ home, commands: [] });
  });

  test('has no instance that could have failed', () => {
    expect(createProvenHome(2)).toMatchObject({ failed: [], readyCount: 0, replacedIds: [] });
  });
});

describe('a create in flight', () => {
  test('keeps its turn when the run comes in doubt: nothing settles beside it', () => {
    const doubt = { type: 'doubt', since: SINCE, waitMs: 5_000 } as const;
    const { home, commands } = applyAll(
      createProvenHome(2),
      { type: 'split', path: 'g/0-1' },
      { type: 'schedule', path: 'g/0-0' },
      doubt,
    );
    expect(commands).toEqual([]);
    expect(pathOf(home, 'g/1-1').phase).toBe('planned');
  });

  test('that made or adopted all instances gives them to the path', () => {
    const { home, commands } = applyAll(createCreating(), CREATED);
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'owned', ids: ['r-1', 'r-2'] });
    expect(commands).toEqual([{ type: 'owned', path: 'g/0-1', ids: ['r-1', 'r-2'] }]);
    expect(home.wasOpen).toBe(false);
  });

  test('that was not executed comes again after a pause with the same token and proof', () => {
    const refusal = createRefusal('throttled');
    const { home, commands } = applyAll(createCreating(), {
      type: 'notExecuted',
      path: 'g/0-1',
      refusal,
    });
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'backingOff', epoch: 0, proof: PROOF });
    expect(commands).toEqual([{ type: 'backOff', path: 'g/0-1', rounds: 1 }]);
    const released = applyAll(home, { type: 'released', path: 'g/0-1' }, SCHEDULE);
    expect(pathOf(released.home, 'g/0-1')).toMatchObject({ phase: 'creating', epoch: 0 });
  });

  test('that was not executed has nothing in flight: the end of the batch parks it at once', () => {
    const { home } = applyAll(
      createCreating(),
      { type: 'notExecuted', path: 'g/0-1', refusal: createRefusal('throttled') },
      { type: 'end', ending: ENDED },
    );
    expect(isClosed(pathOf(home, 'g/0-1'))).toBe(true);
    expect(pathOf(home, 'g/0-1').phase).toBe('parked');
  });

  test('whose path was to be skipped is owned all the same, and nothing is left to obey', () => {
    const { home } = applyAll(createCreating(), SKIP, CREATED);
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'owned', isToSkip: false });
  });

  test('that met too many transient rounds settles, then takes the next epoch', () => {
    const transient = {
      type: 'notExecuted',
      path: 'g/0-1',
      refusal: createRefusal('transient'),
    } as const;
    const released = { type: 'released', path: 'g/0-1' } as const;
    const { home, commands } = applyAll(
      createCreating(),
      ...[transient, released, SCHEDULE, transient],
    );
    expect(pathOf(home, 'g/0-1').phase).toBe('settling');
    expect(commands).toEqual([{ type: 'settle', afterMs: 0 }]);
    const settled = applyAll(home, toSettled()).home;
    expect(pathOf(settled, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 1, rounds: 0 });
  });

  test('that was throttled goes on for ever with the same token', () => {
    const throttled = {
      type: 'notExecuted',
      path: 'g/0-1',
      refusal: createRefusal('throttled'),
    } as const;
    const round = [throttled, { type: 'released', path: 'g/0-1' }, SCHEDULE] as const;
    const { home } = applyAll(createCreating(), ...round, ...round, ...round, throttled);
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'backingOff', epoch: 0 });
  });

  test('that was refused for good moves to the next epoch and keeps its proof', () => {
    const { home } = applyAll(createCreating(), toRefusedBy('unknown'));
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'parked', epoch: 1, proof: PROOF });
    expect(home.wasOpen).toBe(false);
  });

  test('whose token was spent takes the next epoch at the same placement', () => {
    const { home } = applyAll(createCreating(), toRefusedBy('spent'));
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 1, placement: 0 });
  });

  test('that is in doubt settles from the moment the activity named', () => {
    const { home, commands } = applyAll(createCreating(), toUnsettled(null));
    expect(home).toMatchObject({ isSettling: true, since: SINCE, wasOpen: true });
    expect(commands).toEqual([{ type: 'settle', afterMs: 5_000 }]);
  });

  test('that failed without a word asks a settle at once for a moment to count from', () => {
    const { home, commands } = applyAll(createCreating(), LOST);
    expect(home).toMatchObject({ isSettling: true, since: null });
    expect(commands).toEqual([{ type: 'settle', afterMs: 0 }]);
  });

  test('ignores a second answer', () => {
    const once = applyAll(createCreating(), CREATED).home;
    expect(applyAll(once, LOST)).toEqual({ home: once, commands: [] });
  });
});

describe('a settling home chunk', () => {
  const settling = (): HomeChunk => applyAll(createCreating(), LOST).home;

  test('waits again when its wait did not count', () => {
    const { home, commands } = applyAll(settling(), {
      type: 'tooEarly',
      since: SINCE,
      waitMs: 9_000,
    });
    expect(home).toMatchObject({ isSettling: true, since: SINCE });
    expect(commands).toEqual([{ type: 'settle', afterMs: 9_000 }]);
  });

  test('owns what it finds when that is all', () => {
    const { home, commands } = applyAll(settling(), toSettled('r-1', 'r-2'));
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'owned', ids: ['r-1', 'r-2'] });
    expect(commands).toEqual([{ type: 'owned', path: 'g/0-1', ids: ['r-1', 'r-2'] }]);
  });

  test('says of each path that came to be owned which instances it has', () => {
    const { commands } = applyAll(
      createProvenHome(3),
      { type: 'split', path: 'g/0-2' },
      { type: 'schedule', path: 'g/0-0' },
      { type: 'created', path: 'g/0-0', ids: ['r-0'] },
      { type: 'schedule', path: 'g/1-2' },
      { type: 'lost', path: 'g/1-2' },
      toSettled('r-1', 'r-2'),
    );
    expect(commands).toEqual([{ type: 'owned', path: 'g/1-2', ids: ['r-1', 'r-2'] }]);
  });

  test('plans the rest as a new path when it finds some', () => {
    const { home } = applyAll(settling(), toSettled('r-1'));
    expect(pathOf(home, 'g/0-0')).toMatchObject({ phase: 'owned', ids: ['r-1'] });
    expect(pathOf(home, 'g/1-1')).toMatchObject({ phase: 'planned', epoch: 0, proof: PROOF });
  });

  test('applies the refusal when it finds none: next epoch, next placement, the new proof', () => {
    const unproven = applyAll({
      ...createCreating(),
      paths: createCreating().paths.map((path) => ({ ...path, proof: OLD_PROOF })),
    }).home;
    const { home } = applyAll(unproven, toUnsettled('capacity'), toSettled());
    const path = pathOf(home, 'g/0-1');
    expect(path).toMatchObject({ phase: 'planned', epoch: 1, placement: 1, proof: PROOF });
  });

  test('sends the same token again when it finds none and nothing was refused', () => {
    const { home } = applyAll(settling(), toSettled());
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 0, proof: PROOF });
  });

  test('parks for the next epoch after too many settles without a result', () => {
    const round = [toSettled(), SCHEDULE, LOST];
    const { home } = applyAll(settling(), ...round, ...round, toSettled());
    const path = pathOf(home, 'g/0-1');
    expect(path).toMatchObject({ phase: 'parked', epoch: 1, refusal: { code: 'unresolved' } });
  });

  test('parks for the next epoch after too many settles with a transient refusal', () => {
    const round = [toUnsettled('transient'), toSettled(), SCHEDULE];
    const { home } = applyAll(createCreating(), ...round, ...round, ...round);
    const path = pathOf(home, 'g/0-1');
    expect(path).toMatchObject({
      phase: 'parked',
      refusal: { class: 'unknown', code: 'Code.transient' },
    });
  });

  test('obeys any other refusal, however often it has settled before', () => {
    const { home } = applyAll(
      settling(),
      ...[toSettled(), SCHEDULE, LOST, toSettled(), SCHEDULE],
      ...[toUnsettled('capacity'), toSettled()],
    );
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 1, placement: 1 });
  });

  test('begins to count its settles again after a step forward', () => {
    const { home } = applyAll(
      settling(),
      ...[toSettled(), SCHEDULE, toUnsettled('spent'), toSettled()],
      ...[SCHEDULE, LOST, toSettled()],
    );
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 1, settles: 1 });
  });

  test('parks when an instance of its name fits no slot', () => {
    const found = [createFound('r-9', { isOurs: false })];
    const { home } = applyAll(settling(), { type: 'settled', found, proof: PROOF });
    const path = pathOf(home, 'g/0-1');
    const refusal = { class: 'foreign', code: 'foreign-instance' };
    expect(path).toMatchObject({ phase: 'parked', refusal });
  });

  test('remembers a skip, and obeys when it is settled', () => {
    const skipped = applyAll(settling(), SKIP).home;
    expect(pathOf(skipped, 'g/0-1').phase).toBe('settling');
    expect(pathOf(applyAll(skipped, toSettled()).home, 'g/0-1').phase).toBe('skipped');
    expect(pathOf(applyAll(skipped, toSettled('r-1', 'r-2')).home, 'g/0-1').phase).toBe('owned');
  });

  test('skips only what a partial find leaves open', () => {
    const { home } = applyAll(settling(), SKIP, toSettled('r-1'));
    expect(home.paths.map(({ name, phase }) => [name, phase])).toEqual([
      ['g/0-0', 'owned'],
      ['g/1-1', 'skipped'],
    ]);
  });

  test('remembers the end of the batch, and sends nothing after it', () => {
    const { home, commands } = applyAll(
      settling(),
      { type: 'end', ending: ENDED },
      toSettled(),
      SCHEDULE,
    );
    expect(pathOf(home, 'g/0-1').phase).toBe('parked');
    expect(commands).toEqual([]);
  });

  test('keeps the skip of a path that is split before the settle is over', () => {
    const { home } = applyAll(
      createProvenHome(3),
      { type: 'split', path: 'g/0-2' },
      { type: 'schedule', path: 'g/0-0' },
      { type: 'lost', path: 'g/0-0' },
      { type: 'skip', path: 'g/1-2' },
      { type: 'split', path: 'g/1-2' },
      toSettled(),
    );
    expect(pathOf(home, 'g/1-1').phase).toBe('skipped');
    expect(pathOf(home, 'g/2-2').phase).toBe('skipped');
  });
});

describe('a parked path', () => {
  const parked = (): HomeChunk => applyAll(createCreating(), toRefusedBy('unknown')).home;

  test('is planned again by a retry: the next epoch with the proof it has', () => {
    const { home } = applyAll(parked(), RETRY);
    expect(pathOf(home, 'g/0-1')).toMatchObject({ phase: 'planned', epoch: 1, proof: PROOF });
  });

  test('ends by a skip', () => {
    expect(pathOf(applyAll(parked(), SKIP).home, 'g/0-1').phase).toBe('skipped');
  });

  test('stays parked at the deadline, and is skipped by a cancel', () => {
    const deadline = applyAll(parked(), { type: 'end', ending: ENDED }).home;
    expect(pathOf(deadline, 'g/0-1').phase).toBe('parked');
    const cancelled = applyAll(parked(), { type: 'end', ending: { ...ENDED, as: 'skipped' } }).home;
    expect(pathOf(cancelled, 'g/0-1').phase).toBe('skipped');
  });

  test('is not planned again once the batch has ended', () => {
    const { home } = applyAll(parked(), { type: 'end', ending: ENDED }, RETRY);
    expect(pathOf(home, 'g/0-1').phase).toBe('parked');
  });

  test('that waits for its payment settles before it is anything else', () => {
    const unpaid = applyAll(createCreating(), toRefusedBy('awaitingPayment')).home;
    const { home, commands } = applyAll(unpaid, RETRY);
    expect(pathOf(home, 'g/0-1').phase).toBe('settling');
    expect(commands).toEqual([{ type: 'settle', afterMs: 0 }]);
  });
});

test('a cancel awaits the create in flight, and settles it when it is in doubt', () => {
  const ending = { as: 'skipped', refusal: createRefusal('unknown') } as const;
  const cancelled = applyAll(createCreating(), { type: 'end', ending }).home;
  expect(pathOf(cancelled, 'g/0-1').phase).toBe('creating');
  const unsettled = applyAll(cancelled, toUnsettled(null));
  expect(unsettled.commands).toEqual([{ type: 'settle', afterMs: 5_000 }]);
  expect(pathOf(applyAll(unsettled.home, toSettled()).home, 'g/0-1').phase).toBe('skipped');
  expect(pathOf(applyAll(cancelled, CREATED).home, 'g/0-1').phase).toBe('owned');
});

test('a split gives two halves of epoch 0 with the same proof and placement', () => {
  const { home } = applyAll(createProvenHome(3), { type: 'split', path: 'g/0-2' });
  expect(home.paths).toEqual([
    expect.objectContaining({ name: 'g/0-0', count: 1, epoch: 0, proof: PROOF }),
    expect.objectContaining({ name: 'g/1-2', count: 2, epoch: 0, proof: PROOF }),
  ]);
});

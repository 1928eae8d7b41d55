import { applyToHome } from '../../../src/domain/home-chunk';
import type { HomeChunk, PathPhase } from '../../../src/domain/home-chunk-state';
import type { HomeOrder } from '../../../src/domain/home-event';
import { getPath } from '../../../src/domain/home-step';
import {
  applyAll,
  createFound,
  createProvenHome,
  createRefusal,
  HOME_RULES,
  pathOf,
  PROOF,
} from '../../support/domain-samples';

const PATH = 'g/0-3';
const REFUSAL = createRefusal('unknown');

/** Four slots, of which nothing was sent, in the phase that a test wants. */
function createHome(phase: PathPhase = 'planned'): HomeChunk {
  const home = createProvenHome(4);
  return { ...home, paths: home.paths.map((path) => ({ ...path, phase })) };
}

/** Slots 0 and 1, and slots 2 and 3. */
function createHalves(): HomeChunk {
  return order(createHome(), { type: 'split', path: PATH }).home;
}

/** Owned slots 0 to 3, `r-0` to `r-3`. */
function createOwned(): HomeChunk {
  const ids = ['r-0', 'r-1', 'r-2', 'r-3'];
  return applyAll(
    createHome(),
    { type: 'schedule', path: PATH },
    { type: 'created', path: PATH, ids },
  ).home;
}

function order(home: HomeChunk, event: HomeOrder) {
  return applyToHome(home, event, HOME_RULES);
}

function namesOf(home: HomeChunk): readonly string[] {
  return home.paths.map(({ name }) => name);
}

describe('an order to a path that is not there', () => {
  it.each<HomeOrder>([
    { type: 'released', path: 'g/9-9' },
    { type: 'skip', path: 'g/9-9' },
    { type: 'replace', id: 'r-9' },
  ])('changes nothing: %j', (event) => {
    const home = createHome('gated');
    expect(order(home, event)).toEqual({ home, commands: [] });
  });

  it('is a bug where the path must be there, and says which one', () => {
    expect(() => getPath(createHalves(), PATH)).toThrow(
      `no path ${PATH} in home chunk g-aaaaaaaaaa-s0000c0000`,
    );
    expect(getPath(createHalves(), 'g/2-3').from).toBe(2);
  });
});

describe('a path is planned again', () => {
  it.each<PathPhase>(['backingOff', 'gated'])('when it is released and was %s', (phase) => {
    const { home } = order(createHome(phase), { type: 'released', path: PATH });
    expect(pathOf(home, PATH).phase).toBe('planned');
  });

  it('by a retry when it is parked, also when nobody knows why', () => {
    const { home } = order(createHome('parked'), { type: 'retry', path: PATH });
    expect(pathOf(home, PATH)).toMatchObject({ phase: 'planned', refusal: null });
  });
});

describe('a park', () => {
  const park = { type: 'park', path: PATH, refusal: REFUSAL } as const;

  it.each<PathPhase>(['planned', 'backingOff', 'gated'])('takes a path that is %s', (phase) => {
    const { home, commands } = order(createHome(phase), park);
    expect(pathOf(home, PATH)).toMatchObject({ phase: 'parked', refusal: REFUSAL });
    expect(commands).toEqual([]);
  });

  it.each<PathPhase>(['creating', 'settling', 'owned', 'skipped'])(
    'never takes a path that is %s',
    (phase) => {
      const home = createHome(phase);
      expect(order(home, park).home).toEqual(home);
    },
  );
});

describe('passing over a sold out placement', () => {
  const event = { type: 'passOver', path: PATH, placement: 1, refusal: REFUSAL } as const;

  it('moves a planned path without a call', () => {
    const { home, commands } = order(createHome(), event);
    expect(pathOf(home, PATH)).toMatchObject({ phase: 'planned', placement: 1, epoch: 0 });
    expect(commands).toEqual([]);
  });

  it('brings it to the gate when no placement is left, where it starts over', () => {
    const { home, commands } = order(
      { ...createHome(), firstPlacement: 1 },
      { ...event, placement: null },
    );
    expect(pathOf(home, PATH)).toMatchObject({ phase: 'gated', placement: 1, refusal: REFUSAL });
    expect(commands).toEqual([{ type: 'gated', count: 4, refusal: REFUSAL }]);
  });

  it('is only for what was not sent yet', () => {
    const home = createHome('gated');
    expect(order(home, event).home).toEqual(home);
  });
});

describe('a split', () => {
  it('makes halves of a path at the gate too, which wait there', () => {
    const { home } = order(createHome('gated'), { type: 'split', path: PATH });
    expect(home.paths.map(({ name, phase }) => [name, phase])).toEqual([
      ['g/0-1', 'gated'],
      ['g/2-3', 'gated'],
    ]);
  });

  it('leaves the other paths of the home chunk as they are', () => {
    const { home } = order(createHalves(), { type: 'split', path: 'g/2-3' });
    expect(namesOf(home)).toEqual(['g/0-1', 'g/2-2', 'g/3-3']);
  });

  it('is not possible with a single slot', () => {
    const home = createProvenHome(1);
    expect(order(home, { type: 'split', path: 'g/0-0' }).home).toEqual(home);
  });
});

describe('a skip', () => {
  it('gives up a closed path, and has the closing audit compare sets', () => {
    const { home } = order(createHome(), { type: 'skip', path: PATH });
    expect(home.wasOpen).toBe(true);
    expect(pathOf(home, PATH).phase).toBe('skipped');
  });

  it.each<PathPhase>(['owned', 'skipped'])('changes nothing of what is %s', (phase) => {
    const home = createHome(phase);
    expect(order(home, { type: 'skip', path: PATH }).home).toEqual(home);
  });
});

describe('a retry of an unpaid order', () => {
  const unpaid = createRefusal('awaitingPayment');

  it('waits while another path of the name is in flight', () => {
    const open = applyAll(
      createHalves(),
      { type: 'park', path: 'g/0-1', refusal: unpaid },
      { type: 'schedule', path: 'g/2-3' },
    ).home;
    expect(order(open, { type: 'retry', path: 'g/0-1' })).toEqual({ home: open, commands: [] });
  });
});

describe('a replacement', () => {
  it('stands at its slot, and counts up with each that failed there', () => {
    const first = order(createOwned(), { type: 'replace', id: 'r-1' }).home;
    expect(first.paths.map(({ from, replacement }) => [from, replacement])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    const [, path] = first.paths;
    const again = applyAll(
      first,
      { type: 'schedule', path: path!.name },
      { type: 'created', path: path!.name, ids: ['r-1b'] },
      { type: 'replace', id: 'r-1b' },
    ).home;
    expect(again.paths.map(({ from, replacement }) => [from, replacement])).toEqual([
      [0, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(again.replacedIds).toEqual(['r-1', 'r-1b']);
  });

  it('of an earlier slot stands before that of a later one, and counts for itself', () => {
    const home = applyAll(
      createOwned(),
      { type: 'replace', id: 'r-3' },
      { type: 'replace', id: 'r-0' },
    ).home;
    expect(home.paths.map(({ from, replacement }) => [from, replacement])).toEqual([
      [0, 0],
      [0, 1],
      [3, 1],
    ]);
  });

  it('is made once for an instance', () => {
    const home = order(createOwned(), { type: 'replace', id: 'r-1' }).home;
    expect(order(home, { type: 'replace', id: 'r-1' }).home).toEqual(home);
  });
});

describe('the end of a batch', () => {
  const ending = { as: 'parked', refusal: REFUSAL } as const;

  it('gives its reason to what has none, and leaves every other one', () => {
    const own = createRefusal('invalid');
    const halves = order(createHalves(), { type: 'park', path: 'g/2-3', refusal: own }).home;
    const { home } = order(halves, { type: 'end', ending });
    expect(home.paths.map(({ phase, refusal }) => [phase, refusal])).toEqual([
      ['parked', REFUSAL],
      ['parked', own],
    ]);
  });

  it('asks nothing more of anybody, but says what came to be owned', () => {
    const inFlight = applyAll(
      createHome(),
      { type: 'schedule', path: PATH },
      { type: 'end', ending },
    ).home;
    const refused = { type: 'refused', path: PATH, refusal: createRefusal('quota') } as const;
    expect(applyToHome(inFlight, refused, HOME_RULES).commands).toEqual([]);
    const ids = ['r-0', 'r-1', 'r-2', 'r-3'];
    const created = { type: 'created', path: PATH, ids } as const;
    expect(applyToHome(inFlight, created, HOME_RULES).commands).toEqual([
      { type: 'owned', path: PATH, ids },
    ]);
  });
});

test('a settle tells what it found and applies the refusal to the rest, in one step', () => {
  const refusal = createRefusal('quota');
  const since = { runId: PROOF.runId, atMs: 0 };
  const settling = applyAll(
    createHalves(),
    { type: 'schedule', path: 'g/2-3' },
    { type: 'unsettled', path: 'g/2-3', since, waitMs: 1, refusal },
  ).home;
  const found = [createFound('r-0'), createFound('r-1')];
  const step = applyToHome(settling, { type: 'settled', found, proof: PROOF }, HOME_RULES);
  expect(step.commands).toEqual([
    { type: 'owned', path: 'g/0-1', ids: ['r-0', 'r-1'] },
    { type: 'gated', count: 2, refusal },
  ]);
});

import { createPath } from '../../../src/domain/home-chunk-state';
import type { ErrorClass } from '../../../src/domain/refusal';
import { toRefused } from '../../../src/domain/refused-path';
import { createRefusal, PROOF } from '../../support/domain-samples';

const PATH = createPath('g', { from: 0, count: 2, proof: PROOF, phase: 'creating', rounds: 1 });

function refuse(errorClass: ErrorClass, placementCount = 2) {
  return toRefused(PATH, createRefusal(errorClass), {
    placementCount,
    firstPlacement: 0,
    soldOut: [],
  });
}

test.each<ErrorClass>([
  'spent',
  'transient',
  'throttled',
  'quota',
  'capacity',
  'invalid',
  'denied',
])('a refusal of class %s moves the epoch and keeps the proof', (errorClass) => {
  expect(refuse(errorClass).path).toMatchObject({ epoch: 1, rounds: 0, proof: PROOF });
});

test.each<ErrorClass>(['spent', 'transient', 'throttled'])(
  'a refusal of class %s is sent again and asks nothing of others',
  (errorClass) => {
    expect(refuse(errorClass)).toMatchObject({
      path: { phase: 'planned', refusal: null },
      commands: [],
    });
  },
);

test('missing capacity takes the next placement, and says where there was none', () => {
  const { path, commands } = refuse('capacity');
  expect(path).toMatchObject({ phase: 'planned', placement: 1, refusal: null });
  expect(commands).toMatchObject([{ type: 'soldOut', placement: 0 }]);
});

test('missing capacity passes over a placement that is remembered as sold out', () => {
  const places = { placementCount: 3, firstPlacement: 0, soldOut: [1] };
  expect(toRefused(PATH, createRefusal('capacity'), places).path.placement).toBe(2);
});

test('a path that begins elsewhere comes round to the others, and back to where it began', () => {
  const places = { placementCount: 3, firstPlacement: 2, soldOut: [] };
  const refusal = createRefusal('capacity');
  const next = (placement: number) => toRefused({ ...PATH, placement }, refusal, places).path;
  expect(next(2)).toMatchObject({ phase: 'planned', placement: 0 });
  expect(next(0)).toMatchObject({ phase: 'planned', placement: 1 });
  expect(next(1)).toMatchObject({ phase: 'gated', placement: 2 });
});

test('what we did not send ourselves waits at the gate with its token', () => {
  const { path, commands } = refuse('notSent');
  expect(path).toMatchObject({ phase: 'gated', epoch: 0, proof: PROOF });
  expect(commands).toMatchObject([{ type: 'gated' }]);
});

test('capacity missing everywhere waits at the gate, and starts over at the first placement', () => {
  const { path, commands } = refuse('capacity', 1);
  expect(path).toMatchObject({ phase: 'gated', placement: 0 });
  expect(commands).toMatchObject([{ type: 'soldOut' }, { type: 'gated', count: 2 }]);
});

test('quota waits at the gate', () => {
  const { path, commands } = refuse('quota');
  expect(path.phase).toBe('gated');
  expect(commands).toMatchObject([{ type: 'gated', refusal: { class: 'quota' } }]);
});

test('a wrong spec parks and stops the group', () => {
  const { path, commands } = refuse('invalid');
  expect(path.phase).toBe('parked');
  expect(commands).toMatchObject([{ type: 'stopGroup' }]);
});

test.each<ErrorClass>(['denied', 'account'])('%s parks and holds every new call', (errorClass) => {
  const { path, commands } = refuse(errorClass);
  expect(path.phase).toBe('parked');
  expect(commands).toMatchObject([{ type: 'hold' }]);
});

test.each<ErrorClass>(['conflict', 'foreign', 'awaitingPayment', 'unknown', 'ambiguous'])(
  '%s parks this path alone',
  (errorClass) => {
    expect(refuse(errorClass)).toMatchObject({ path: { phase: 'parked' }, commands: [] });
  },
);

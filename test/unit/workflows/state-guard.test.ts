import { StateGuard } from '../../../src/workflows/state-guard';
import { applyAll, createProvenHome } from '../../support/domain-samples';

function createOwned(index: number) {
  const home = applyAll(
    createProvenHome(5),
    { type: 'schedule', path: 'g/0-4' },
    { type: 'created', path: 'g/0-4', ids: ['r-1', 'r-2', 'r-3', 'r-4', 'r-5'] },
  ).home;
  return { ...home, index };
}

test('books that are right pass', () => {
  const guard = new StateGuard();
  expect(() => guard.checkHomes([createOwned(0)])).not.toThrow();
});

test('books that are wrong are refused with what is wrong, why, and what to do', () => {
  const guard = new StateGuard();
  expect(() => guard.checkHomes([createOwned(0), createOwned(1)])).toThrow(
    /^broken invariant: one-owner: r-1 is owned by .*; 2 more\. Nothing more is sent .* deploy the fix/,
  );
});

test('a token goes with one body, however often it is sent', () => {
  const guard = new StateGuard();
  const send = (zone: string) => guard.checkToken('tf-1', { ZoneId: zone });
  send('z-1');
  expect(() => send('z-1')).not.toThrow();
  expect(() => send('z-2')).toThrow(/one-body-per-token: tf-1 was sent with two bodies/);
});

const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests that mostly wait for other processes, those that take longest first. */
const WAITING = ['chaos', 'e2e', 'workflow', 'api'];

/** Tests that keep a core busy for long; the other folders follow. */
const COMPUTING = ['simulation', 'replay'];

/**
 * Spreads the tests that compute evenly among those that wait, so that each core has something to do
 * all the time. Of both kinds the slow folders come first: a test of seconds that starts last is one
 * that nothing else runs beside. Jest itself knows what is slow only on a machine where it has run
 * before, and begins with the largest files elsewhere.
 */
class WaitingBesideComputing extends Sequencer {
  sort(tests) {
    const known = super.sort(tests);
    const waiting = known.filter((test) => WAITING.includes(toFolder(test)));
    const computing = known.filter((test) => !WAITING.includes(toFolder(test)));
    return [...toPlaces(waiting, WAITING), ...toPlaces(computing, COMPUTING)]
      .toSorted((a, b) => a.place - b.place)
      .map(({ test }) => test);
  }
}

/** Each test with its place in its kind, from 0 to 1. */
function toPlaces(tests, slowFolders) {
  return tests
    .toSorted((a, b) => toRank(a, slowFolders) - toRank(b, slowFolders))
    .map((test, index) => ({ test, place: (index + 0.5) / tests.length }));
}

function toRank(test, slowFolders) {
  const rank = slowFolders.indexOf(toFolder(test));
  return rank === -1 ? slowFolders.length : rank;
}

function toFolder({ path, context }) {
  return path.slice(context.config.rootDir.length + 1).split(/[/\\]/)[1];
}

module.exports = WaitingBesideComputing;

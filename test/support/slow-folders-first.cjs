const { default: Sequencer } = require('@jest/test-sequencer');

/** Slowest first. A test of seconds that starts last is one that nothing else runs beside. */
const SLOW_FOLDERS = ['chaos', 'e2e', 'workflow', 'simulation', 'api', 'replay'];

/**
 * Starts the folders first whose tests take longest. Jest itself knows that only on a machine where it
 * has run before, and begins with the largest files elsewhere.
 */
class SlowFoldersFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => toRank(a) - toRank(b));
  }
}

function toRank({ path, context }) {
  const [, folder] = path.slice(context.config.rootDir.length + 1).split(/[/\\]/);
  const rank = SLOW_FOLDERS.indexOf(folder);
  return rank === -1 ? SLOW_FOLDERS.length : rank;
}

module.exports = SlowFoldersFirst;

/** Rate limits by action. */
import { changeConfig } from './control-api.mjs';
import { showCounters } from './counters.mjs';

/** Shows the limit of each action, and how many calls may come at once. */
export function showLimits({ rateLimits }, run) {
  const actions = Object.keys(rateLimits).sort();
  const rows = actions.map((action) => toRow(action, rateLimits[action]));
  showCounters(document.getElementById('limits'), rows, { run });
}

function toRow(action, limit) {
  const set = (value) => changeConfig({ rateLimits: { [action]: value } });
  return {
    cells: [action],
    fields: [
      {
        label: `Limit of ${action}, per second`,
        value: limit?.perSecond,
        step: 'any',
        change: (perSecond) => set(perSecond && toLimit(perSecond, limit)),
      },
      {
        label: `Limit of ${action}, at once`,
        value: limit?.burst,
        step: 'any',
        isOff: limit === null,
        change: (burst) => set(burst && { ...limit, burst }),
      },
    ],
  };
}

/** Who says only how many a second gets as many at once as before, and room for one at least. */
function toLimit(perSecond, limit) {
  return { perSecond, burst: limit?.burst ?? Math.max(1, perSecond) };
}

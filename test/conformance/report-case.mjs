/** What a person reads of a case: its result, and what became of all that it bought. */

const MARKS = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' };

/** One line for the result, and one more each for what was bought without being wanted, and what is left. */
export function toLines({ file, name, client, result, why, confidence, bought = [], left = [] }) {
  const reason = why === undefined ? '' : `: ${why}`;
  const note = result === 'failed' && confidence !== 'documented' ? ` (${confidence})` : '';
  const lines = [`${MARKS[result]} ${file}: ${name}, ${client}${reason}${note}`];
  const released = bought.filter((id) => left.every((one) => one.id !== id));
  if (result === 'failed' && released.length > 0) {
    lines.push(`        BOUGHT, and released again: ${released.join(', ')}`);
  }
  return [...lines, ...left.map((one) => `        ${toLeftLine(one)}`), ''].join('\n');
}

/** Says what to do next. */
export function toLeftLine({ id, why }) {
  const next = `aliyun r-kvstore DeleteInstance --InstanceId ${id}`;
  return `left behind: ${id} (${why}), and it is being paid for. Release it: ${next}`;
}

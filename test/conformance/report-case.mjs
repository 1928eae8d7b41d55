/** What a person reads of a case: its result, and what became of all that it bought. */

const MARKS = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' };

/** One line for the result, and more for what was bought without being wanted, and what is left. */
export function toLines({ file, name, client, result, why, confidence, ...purchases }) {
  const reason = why === undefined ? '' : `: ${why}`;
  const note = result === 'failed' && confidence !== 'documented' ? ` (${confidence})` : '';
  const lines = [`${MARKS[result]} ${file}: ${name}, ${client}${reason}${note}`];
  const { bought = [], left = [] } = purchases;
  const released = bought.filter((id) => left.every((one) => one.id !== id));
  if (result === 'failed' && released.length > 0) {
    lines.push(`        BOUGHT, and released again: ${released.join(', ')}`);
  }
  return [...lines, ...toLeftLines(purchases).map((line) => `        ${line}`), ''].join('\n');
}

/** What is left, or may be, with what to do next. */
export function toLeftLines({ left = [], doubtful = [] }) {
  return [...left.map(toLeftLine), ...doubtful.map(toDoubtLine)];
}

function toLeftLine({ id, why }) {
  const next = `aliyun r-kvstore DeleteInstance --InstanceId ${id}`;
  return `left behind: ${id} (${why}), and it is being paid for. Release it: ${next}`;
}

function toDoubtLine(name) {
  if (name === '') {
    return 'maybe left behind: what an order without a name has bought. Look for new instances in the console';
  }
  const next = `aliyun r-kvstore DescribeInstances --RegionId … --SearchKey ${name}`;
  return `maybe left behind: instances named ${name}, which were not found. Look again later: ${next}`;
}

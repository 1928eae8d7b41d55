const INTEGERS = ['capacityMb', 'periodMonths'];
const FLAGS = [
  ...['autoPay', 'autoRenew', 'rebuildInstance'],
  ...['releaseProtection', 'allowAnywhere'],
];

/** Keys whose cell holds several values. */
const LISTS = ['securityIps'];

/**
 * What a cell says as a value of a request. What is no number or flag stays text, and the check of the
 * request says so.
 *
 * @param key - of the request
 * @param text - of the cell, not empty
 */
export function toCellValue(
  key: string,
  text: string,
): string | number | boolean | readonly string[] {
  if (LISTS.includes(key)) return text.split(/[\s;]+/).filter((part) => part !== '');
  if (INTEGERS.includes(key) && /^\d{1,9}$/.test(text)) return Number(text);
  const flag = text.toLowerCase();
  if (FLAGS.includes(key) && (flag === 'true' || flag === 'false')) return flag === 'true';
  return text;
}

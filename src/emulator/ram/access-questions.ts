import type { Account } from '../accounts';
import type { Action } from '../actions/action';
import { parseInstances } from '../actions/instances-parameter';
import type { Entry } from '../actions/instances-parameter';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import type { AccessQuestion } from './evaluate-policy';

/** Condition keys of the product (CreateInstances page, 2025-03-27). */
const CONDITION_KEYS = ['InstanceClass', 'InstanceType'] as const;

const LENIENT = { strictEntries: false, tolerateTrailingComma: true };

/** What a call asks RAM: one question, or for CreateInstances one an entry. */
export function createAccessQuestions(
  { name, product }: Action,
  parameters: Parameters,
  account: Account,
): readonly AccessQuestion[] {
  const entries = readEntries(parameters);
  const places = entries.length === 0 ? [undefined] : entries;
  return places.map((entry) => {
    const read = (key: (typeof CONDITION_KEYS)[number] | 'RegionId'): string | undefined =>
      entry?.get(key) ?? getParameter(parameters, key);
    const id =
      getParameter(parameters, 'InstanceId') ?? getParameter(parameters, 'DBInstanceId') ?? '*';
    return {
      action: `${product.ramPrefix}:${name}`,
      resource: `acs:${product.ramPrefix}:${read('RegionId') ?? '*'}:${account.accountId}:instance/${id}`,
      context: createContext([
        ...CONDITION_KEYS.map((key) => [`kvstore:${key}`, read(key)] as const),
        ['kvstore:Appendonly', getParameter(parameters, 'Appendonly')],
      ]),
    };
  });
}

/** What cannot be read is the operation's to refuse. */
function readEntries(parameters: Parameters): readonly Entry[] {
  const text = getParameter(parameters, 'Instances');
  const entries = text === undefined ? [] : parseInstances(text, LENIENT);
  return 'kind' in entries ? [] : entries;
}

function createContext(
  values: readonly (readonly [string, string | undefined])[],
): Map<string, string> {
  return new Map(
    values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

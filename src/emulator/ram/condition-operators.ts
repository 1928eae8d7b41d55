import { BlockList, isIP, isIPv6 } from 'node:net';
import { createWildcardTest } from './wildcard';

type Test = (actual: string) => boolean;

/** How an operator compares. */
interface Comparison {
  /** True for what a policy may compare with. */
  isValue(text: string): boolean;
  createTest(wanted: string): Test;
}

const NUMBER = { isValue: (text: string) => text.trim() !== '' && !Number.isNaN(Number(text)) };
const DATE = {
  isValue: (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
};

type Order = (actual: number, wanted: number) => boolean;

const ORDERS: Readonly<Record<string, Order>> = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

/** The operators that say what is; all of the RAM policy page. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: { isValue: isAnything, createTest: (wanted) => (actual) => actual === wanted },
  StringEqualsIgnoreCase: {
    isValue: isAnything,
    createTest: (wanted) => (actual) => actual.toLowerCase() === wanted.toLowerCase(),
  },
  StringLike: { isValue: isAnything, createTest: createWildcardTest },
  ...createOrders('Numeric', { ...NUMBER, toNumber: Number }),
  ...createOrders('Date', { ...DATE, toNumber: Date.parse }),
  Bool: {
    isValue: (text) => /^(true|false)$/i.test(text),
    createTest: (wanted) => (actual) => actual.toLowerCase() === wanted.toLowerCase(),
  },
  IpAddress: { isValue: isAddressBlock, createTest: createAddressTest },
};

/** The operators that say what is not, to what they deny. */
const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

/** The name of every operator of a condition. */
export const CONDITION_OPERATORS: readonly string[] = [
  ...Object.keys(COMPARISONS),
  ...Object.keys(NEGATIONS),
];

/** True for a value that the operator can compare with. */
export function isComparable(operator: string, value: string): boolean {
  return comparisonOf(operator)?.isValue(value) ?? false;
}

/**
 * One line of a condition as a test: one of the values must hold, or for a negative operator none.
 * What has no value satisfies the negative operators only.
 */
export function createConditionTest(
  operator: string,
  values: readonly string[],
): (actual: string | undefined) => boolean {
  const tests = values.map((value) => comparisonOf(operator)?.createTest(value));
  const isOne = (actual: string | undefined): boolean =>
    actual !== undefined && tests.some((test) => test?.(actual) === true);
  return Object.hasOwn(NEGATIONS, operator) ? (actual) => !isOne(actual) : isOne;
}

function comparisonOf(operator: string): Comparison | undefined {
  return COMPARISONS[NEGATIONS[operator] ?? operator];
}

function createOrders(
  type: string,
  { isValue, toNumber }: Pick<Comparison, 'isValue'> & { toNumber: (text: string) => number },
): Readonly<Record<string, Comparison>> {
  const orders = Object.entries(ORDERS).map(([name, isInOrder]): [string, Comparison] => {
    const createTest = (wanted: string): Test => {
      return (actual) => isInOrder(toNumber(actual), toNumber(wanted));
    };
    return [`${type}${name}`, { isValue, createTest }];
  });
  return Object.fromEntries(orders);
}

function isAnything(): boolean {
  return true;
}

/** An address, or a block of them: `10.0.0.0/8`. */
function isAddressBlock(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const bitsMax = isIPv6(address) ? 128 : 32;
  return (
    isIP(address) !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax))
  );
}

function createAddressTest(block: string): Test {
  const [address = '', bits] = block.split('/');
  const list = new BlockList();
  const bitsMax = isIPv6(address) ? 128 : 32;
  list.addSubnet(address, Number(bits ?? bitsMax), familyOf(address));
  return (actual) => list.check(actual, familyOf(actual));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

import { toBatchTag, toInstanceName } from '../../../src/domain/names';

const PLACE = { groupName: 'sessions', identityCode: 'q7m2kd4x9a', shard: 3, chunk: 12 };

test('a name holds the group, the identity and the home chunk', () => {
  expect(toInstanceName(PLACE)).toBe('sessions-q7m2kd4x9a-s0003c0012');
});

test('the tag of a batch is part of all its names', () => {
  expect(toInstanceName(PLACE)).toContain(toBatchTag(PLACE.identityCode));
});

test('the name of one home chunk is no part of the name of another one', () => {
  const one = toInstanceName({ ...PLACE, chunk: 1 });
  const ten = toInstanceName({ ...PLACE, chunk: 10 });
  expect(ten.includes(one)).toBe(false);
});

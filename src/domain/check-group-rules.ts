import type { Group } from './batch-request';
import type { CheckPlace } from './check-object';
import type { ProblemCode } from './problem';

/** What the parts of one group have to do with each other. */
interface GroupRule {
  /** Where in the group it is reported. */
  readonly path: readonly string[];
  readonly code: ProblemCode;
  readonly message: string;
  isBroken(group: Group): boolean;
}

const RULES: readonly GroupRule[] = [
  {
    path: ['followUps', 'releaseProtection'],
    code: 'conflict',
    // ModifyInstanceAttribute, SDK 6.4.0.
    message: 'goes only with chargeType: PostPaid; a PrePaid instance cannot be released anyway.',
    isBroken: ({ spec, followUps }) =>
      followUps?.releaseProtection !== undefined && spec.chargeType !== 'PostPaid',
  },
  {
    path: ['followUps', 'resourceGroupId'],
    code: 'conflict',
    message: 'cannot go with resourceGroupId of the spec, which orders into a group; keep one.',
    isBroken: ({ spec, followUps }) =>
      followUps?.resourceGroupId !== undefined && spec.resourceGroupId !== undefined,
  },
  {
    path: ['followUps', 'ping'],
    code: 'conflict',
    message: 'goes only with engine: Redis; Memcache knows no PING.',
    isBroken: ({ spec, followUps }) => followUps?.ping !== undefined && spec.engine !== 'Redis',
  },
  {
    path: ['spec', 'rebuildInstance'],
    code: 'conflict',
    message:
      'brings back one instance, so count must be 1; every other one is a group of its own. ' +
      'Several from the same data: backupId instead.',
    isBroken: ({ spec, count }) => spec.rebuildInstance && count > 1,
  },
];

/** Notes what in a group does not go together. */
export function checkGroupRules(group: Group, { path, problems }: CheckPlace): void {
  for (const rule of RULES) {
    if (!rule.isBroken(group)) continue;
    problems.push({ path: [...path, ...rule.path], code: rule.code, message: rule.message });
  }
}

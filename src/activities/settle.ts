import { log } from '@temporalio/activity';
import type { SettleAnswer, SettleInput } from '../contract/activity-types';
import { logEvent } from '../contract/log-writer';
import { decideSettle } from '../domain/settle-decision';
import type { ActivityDependencies } from './dependencies';
import { toLookUpFailure } from './failures';
import { isHealthy, isOurs } from './instance-match';
import { currentMoment } from './moment';

/**
 * Says what exists of a home chunk once enough time has passed, or from when and how long to wait
 * (rule R5). It never sends.
 */
export function createSettle(dependencies: ActivityDependencies) {
  const { cloud, clock, settle, isClassCompared } = dependencies;
  return async (input: SettleInput): Promise<SettleAnswer> => {
    const now = currentMoment(clock);
    const decision = decideSettle(input.since, now, settle);
    if (decision.kind === 'wait') {
      return { kind: 'unsettled', since: decision.since, waitMs: decision.waitMs, calls: {} };
    }
    const { account, region, engine, name } = input;
    const answer = await cloud.searchInstances({ account, region, engine, nameTag: name });
    if (answer.kind === 'failed') throw toLookUpFailure(`the look for ${name}`, answer);
    const found = answer.value
      .filter((instance) => instance.name === name)
      .map((instance) => ({
        id: instance.id,
        isHealthy: isHealthy(instance),
        isOurs: isOurs(instance, input.matches, isClassCompared),
      }));
    const count = found.length;
    logEvent(log, 'chunk-settled', { account, region, instanceName: name, count });
    return {
      kind: 'settled',
      found,
      proof: { runId: now.runId },
      calls: { DescribeInstances: answer.calls },
    };
  };
}

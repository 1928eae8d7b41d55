import type { Answer } from '../cloud/port';
import type { FollowUpAnswer, SetParametersInput } from '../contract/follow-up-types';
import { CallCounter } from './call-counter';
import { PackedLooks } from './packed-looks';
import {
  DONE,
  runFollowUp,
  toOwnFailure,
  toPlace,
  type FollowUpDependencies,
} from './run-follow-up';

const ACTION = 'ModifyInstanceConfig';

/**
 * Sets engine parameters, and waits until each instance is Normal again: some parameters restart it,
 * and while it is being changed it is not ready.
 */
export function setParameters(
  dependencies: FollowUpDependencies,
  input: SetParametersInput,
): Promise<FollowUpAnswer> {
  const { cloud, followUps } = dependencies;
  const { engine, parameters } = input;
  const calls = new CallCounter();
  const looks = new PackedLooks(cloud, { ...toPlace(input), engine }, calls);
  // Known to this attempt alone: the next one sends again, which does no harm.
  const taken = new Set<string>();
  const set = async (id: string, signal: AbortSignal): Promise<Answer<null>> => {
    const answer = await followUps.setParameters({ ...toPlace(input), id, parameters, signal });
    if (answer.kind === 'failed') return answer;
    calls.add(ACTION, answer.calls);
    taken.add(id);
    return DONE;
  };
  return runFollowUp(dependencies, input, {
    action: ACTION,
    idsPerCall: 1,
    calls,
    async send([id = ''], signal) {
      const answer = taken.has(id) ? DONE : await set(id, signal);
      return answer.kind === 'ok' ? untilNormal(looks, id, signal) : answer;
    },
  });
}

async function untilNormal(
  looks: PackedLooks,
  id: string,
  signal: AbortSignal,
): Promise<Answer<null>> {
  const look = await looks.look(id, signal);
  if (look.kind === 'failed') return look;
  const status = look.value?.status ?? 'not listed';
  if (status === 'Normal') return DONE;
  return toOwnFailure('still-changing', `${id} took the parameters and is ${status}`);
}

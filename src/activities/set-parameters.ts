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

const STILL = 'still-changing';

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
  // Sent again it would begin anew, and with a restart perhaps for ever.
  const begun = new Set<string>();
  return runFollowUp(dependencies, input, {
    action: 'ModifyInstanceConfig',
    idsPerCall: 1,
    calls,
    begun,
    async send([id = ''], signal) {
      if (begun.has(id)) return lookAt(looks, id, signal);
      const answer = await followUps.setParameters({ ...toPlace(input), id, parameters, signal });
      if (answer.kind === 'failed') return answer;
      begun.add(id);
      // Looked at in the next round, by one call for many, and no sooner than it can show.
      return { ...toOwnFailure(STILL, `${id} took the parameters just now`), calls: answer.calls };
    },
  });
}

async function lookAt(looks: PackedLooks, id: string, signal: AbortSignal): Promise<Answer<null>> {
  const look = await looks.look(id, signal);
  if (look.kind === 'failed') return look;
  const status = look.value?.status ?? 'not listed';
  if (status === 'Normal') return DONE;
  return toOwnFailure(STILL, `${id} took the parameters and is ${status}`);
}

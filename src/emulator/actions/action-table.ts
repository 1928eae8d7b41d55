import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { Action } from './action';
import { createInstancesAction } from './create-instances';
import { deleteInstanceAction } from './delete-instance';
import { describeInstanceAttributeAction } from './describe-instance-attribute';
import { describeInstancesAction } from './describe-instances';

/** Every operation the emulator serves. A new one is one file and one line here. */
const ACTIONS: readonly Action[] = [
  createInstancesAction,
  deleteInstanceAction,
  describeInstanceAttributeAction,
  describeInstancesAction,
];

const ACTION_BY_NAME = new Map(ACTIONS.map((action) => [action.name, action]));

const VERSIONS = new Set(ACTIONS.map(({ version }) => version));

/** Finds an operation, or the gateway's refusal (common errors page). */
export function findAction(
  name: string | undefined,
  version: string | undefined,
): Action | Refusal {
  if (name === undefined) return createRefusal(400, 'MissingAction', 'Action is mandatory.');
  if (version === undefined) return createRefusal(400, 'MissingVersion', 'Version is mandatory.');
  if (!VERSIONS.has(version)) {
    return createRefusal(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  }
  const action = ACTION_BY_NAME.get(name);
  if (action?.version === version) return action;
  return createRefusal(
    404,
    'InvalidAction.NotFound',
    'Specified api is not found, please check your url and method.',
  );
}

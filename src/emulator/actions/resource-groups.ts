import type { EmulatorState } from '../emulator-state';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';

/** The resource group of a creation must exist; without one it is the default group. */
export function checkResourceGroup(
  parameters: Parameters,
  { config }: EmulatorState,
): Refusal | undefined {
  const groupId = getParameter(parameters, 'ResourceGroupId');
  if (groupId === undefined || config.world.resourceGroups.includes(groupId)) return undefined;
  return createRefusal(
    400,
    'ResourceGroupNotExist',
    'The Specified ResourceGroupId does not exist.',
  );
}

import { getParameter } from '../protocol/parameters';
import { createMissing } from '../refusal';
import { createPlainAnswer, KVSTORE } from './action';
import type { Action, ActionCall, ActionResult } from './action';
import { findOwnInstance } from './own-instance';

/** DescribeSecurityIps: the whitelists of one instance, in the order in which they came to be. */
export const describeSecurityIpsAction: Action = {
  name: 'DescribeSecurityIps',
  product: KVSTORE,
  run,
};

function run(call: ActionCall): ActionResult {
  const id = getParameter(call.parameters, 'InstanceId');
  if (id === undefined) return createMissing('InstanceId');
  const found = findOwnInstance(id, call);
  if (found.kind === 'refusal') return found;
  const { whitelists } = found.instance.settings;
  const groups = [...whitelists].map(([name, { ips, attribute }]) => ({
    SecurityIpGroupName: name,
    SecurityIpList: ips.join(','),
    SecurityIpGroupAttribute: attribute,
  }));
  return createPlainAnswer({ SecurityIpGroups: { SecurityIpGroup: groups } });
}

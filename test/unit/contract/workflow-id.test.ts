import { toNotifyWorkflowId } from '../../../src/contract/notify-types';
import { toShardWorkflowId, toTenant, toWorkflowId } from '../../../src/contract/workflow-id';

describe('the tenant of a workflow id', () => {
  const batch = toWorkflowId('payments', 'b');
  const key = { tenant: 'payments', batchId: 'b', eventId: 'evt_1', receiver: 0 };

  it.each([batch, toShardWorkflowId(batch, 3), toNotifyWorkflowId(key)])('stands in %s', (id) => {
    expect(toTenant(id)).toBe('payments');
  });

  it.each(['', 'payments', 'batch/payments', 'other/payments/b', 'notify//b'])(
    'does not stand in %j',
    (id) => {
      expect(toTenant(id)).toBeNull();
    },
  );
});

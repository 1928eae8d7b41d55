import type { Instance } from '../instance';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';

/** A living instance of the calling account. */
export interface OwnInstance {
  readonly kind: 'own';
  readonly instance: Instance;
}

/** Finds an instance by id; one of another account is as unknown as one that never was. */
export function findOwnInstance(id: string, call: ActionCall): OwnInstance | Refusal {
  const instance = call.state.store.find(id);
  if (instance?.spec.accountId === call.account.accountId) return { kind: 'own', instance };
  return createRefusal(
    404,
    'InvalidInstanceId.NotFound',
    'The InstanceId provided does not exist in our records.',
  );
}

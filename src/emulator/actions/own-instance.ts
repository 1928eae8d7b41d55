import type { Instance } from '../instance';
import { getParameter } from '../protocol/parameters';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import type { ActionCall } from './action';

/** A living instance of the calling account. */
export interface OwnInstance {
  readonly kind: 'own';
  readonly instance: Instance;
}

/** What operations call the id of the one instance they are about. */
export type IdParameter = 'InstanceId' | 'DBInstanceId';

/** Finds the instance that a call names; one of another account is as unknown as one that never was. */
export function findNamedInstance(
  call: ActionCall,
  idParameter: IdParameter = 'InstanceId',
): OwnInstance | Refusal {
  return findOwnInstance(getParameter(call.parameters, idParameter) ?? '', call);
}

/** Finds an instance by its id. */
export function findOwnInstance(id: string, call: ActionCall): OwnInstance | Refusal {
  const { account, state } = call;
  const instance = state.store.find(id);
  if (instance?.spec.accountId !== account.accountId) return createUnknownInstance();
  const isKnown = state.nowMs() >= instance.createdAtMs + state.config.attributeLagMs;
  return isKnown ? { kind: 'own', instance } : createUnknownInstance();
}

/** No living instance of the account has the id. */
export function createUnknownInstance(): Refusal {
  return createRefusal(
    404,
    'InvalidInstanceId.NotFound',
    'The InstanceId provided does not exist in our records.',
  );
}

import type { Instance, InstanceSpec } from '../instance';
import type { InstanceFeatures } from '../instance-features';
import { isBusy } from '../instance-life';
import type { BusyStatus } from '../instance-life';
import type { InstanceSettings } from '../instance-settings';
import { createRefusal } from '../refusal';
import type { Refusal } from '../refusal';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { checkDemand, meetDemand } from './account-checks';
import type { Demand } from './account-checks';
import { required } from './action-parameters';
import type { ActionParameter } from './action-parameters';
import { placeOrder } from './billing/change-order';
import type { ChangeOrder } from './billing/change-order';
import { currentStatus } from './instance-view';
import { findNamedInstance } from './own-instance';
import type { IdParameter, OwnInstance } from './own-instance';

/**
 * The codes of an operation on an instance that another modification holds, as the operation's
 * page lists them (API metadata, 2024-07-30). The texts are ours.
 */
export type BusyCode = 'TaskExists' | 'LockTimeout';

/** What a modification makes of an instance, and what it answers. */
export interface Modified {
  readonly settings?: Partial<InstanceSettings>;
  readonly features?: Partial<InstanceFeatures>;
  readonly spec?: Partial<InstanceSpec>;
  /** Absent: the change is no order. */
  readonly order?: ChangeOrder;
  /** What is answered besides what the order answers. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** One operation that changes one instance. */
export interface ModificationOptions {
  readonly name: string;
  /** Besides the instance's id. */
  readonly parameters: readonly ActionParameter[];
  readonly source?: Action['source'];
  /** Most operations call the id `InstanceId`. */
  readonly idParameter?: IdParameter;
  readonly busyCode?: BusyCode;
  /** What the instance is called for the configured time; `none`: the change takes no time. */
  readonly busyStatus?: BusyStatus | 'none';
  /** As DescribeHistoryTasks calls it; absent: it is not told. */
  readonly taskType?: string;
  change(instance: Instance, call: ActionCall): Modified | Refusal;
}

const BUSY_MESSAGES: Readonly<Record<BusyCode, string>> = {
  TaskExists: 'Specified task has existed.',
  LockTimeout: 'Another task holds the lock of the instance. Try again later.',
};

/**
 * Builds an operation that changes one instance. Unless it takes no time, the instance must be
 * Normal; the change shows at once, and the instance is busy for the configured time. Whatever
 * another place, class or charge type needs is checked and taken here, for all of them.
 */
export function createModification(options: ModificationOptions): Action {
  const { name, source = 'sdk', idParameter = 'InstanceId', parameters } = options;
  return {
    name,
    product: KVSTORE,
    source,
    parameters: [required(idParameter), ...parameters],
    run: (call) => runModification(options, call),
  };
}

function runModification(options: ModificationOptions, call: ActionCall): ActionResult {
  const found = findModifiable(options, call);
  if (found.kind === 'refusal') return found;
  const modified = options.change(found.instance, call);
  if ('kind' in modified) return modified;
  const demand = toDemand(found.instance, modified);
  const refused = demand === undefined ? undefined : checkDemand(demand, call.state);
  if (refused !== undefined) return refused;
  const { order, body } = modified;
  const ordered = order === undefined ? undefined : placeOrder(order, call.state);
  if (order?.isPaid !== false) {
    if (demand !== undefined) meetDemand(demand, call.state);
    apply(found.instance, modified, { options, call });
  }
  return createPlainAnswer({ ...body, ...ordered });
}

/** What a change asks of account and places; undefined for one that asks nothing of them. */
function toDemand({ spec }: Instance, { spec: changed, order }: Modified): Demand | undefined {
  if (changed === undefined && order === undefined) return undefined;
  const moves = [{ from: spec, to: { ...spec, ...changed }, quantity: 1 }];
  const { accountId } = spec;
  return { accountId, moves, units: order?.units ?? 0, standing: order?.standing ?? [] };
}

/** It must be Normal: only then can an instance be changed. */
function findModifiable(
  { idParameter = 'InstanceId', busyCode = 'TaskExists', busyStatus }: ModificationOptions,
  call: ActionCall,
): OwnInstance | Refusal {
  const found = findNamedInstance(call, idParameter);
  if (found.kind === 'refusal' || busyStatus === 'none') return found;
  const status = currentStatus(found.instance, call.state);
  if (status === 'Normal') return found;
  if (isBusy(status)) return createRefusal(400, busyCode, BUSY_MESSAGES[busyCode]);
  return createWrongState();
}

/** The state of the instance forbids the operation. */
export function createWrongState(): Refusal {
  return createRefusal(
    403,
    'IncorrectDBInstanceState',
    'Current DB instance state does not support this operation.',
  );
}

function apply(
  instance: Instance,
  { settings, features, spec }: Modified,
  { options, call }: { readonly options: ModificationOptions; readonly call: ActionCall },
): void {
  const { state } = call;
  const status = options.busyStatus ?? 'Changing';
  const nowMs = state.nowMs();
  const untilMs = nowMs + state.config.busyTimeMs / state.config.timeScale;
  const before = instance.settings;
  const after = { ...before, ...settings };
  state.store.change(instance, {
    settings: { ...after, features: { ...after.features, ...features } },
    ...(spec === undefined ? {} : { spec: { ...instance.spec, ...spec } }),
    ...(status === 'none' ? {} : { busy: { untilMs, status } }),
  });
  const { taskType } = options;
  if (taskType === undefined) return;
  const task = { instanceId: instance.id, type: taskType, startedAtMs: nowMs, endsAtMs: untilMs };
  state.tasks.add(task);
}

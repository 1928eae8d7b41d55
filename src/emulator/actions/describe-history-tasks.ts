import type { EmulatorState } from '../emulator-state';
import type { Instance } from '../instance';
import { toInstanceState } from '../instance-state';
import { getParameter } from '../protocol/parameters';
import type { Task } from '../task-book';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, optionals, required } from './action-parameters';
import { currentStatus, toApiTime } from './instance-view';
import { readPage, slicePage } from './page';

const PAGE_SIZES = { sizeDefault: 10, sizeMax: 100 };

/**
 * DescribeHistoryTasks: creations and modifications that began in a span of time. Whether creations
 * of classic instances show up in the service is not known; here all do.
 */
export const describeHistoryTasksAction: Action = {
  name: 'DescribeHistoryTasks',
  product: KVSTORE,
  source: 'sdk',
  parameters: [
    required('FromStartTime', isTime),
    required('ToStartTime', isTime),
    ...optionals('RegionId', 'InstanceId', 'TaskId', 'TaskType', 'Status'),
    ...optionals('PageNumber', 'PageSize'),
    ...ignored('InstanceType', 'FromExecTime', 'ToExecTime'),
  ],
  run,
};

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

interface OwnTask extends Task {
  readonly instance: Instance;
  readonly isCreation: boolean;
}

type TaskStatus = 'Running' | 'Succeed' | 'Failed';

function run(call: ActionCall): ActionResult {
  const { parameters, state } = call;
  const found = listTasks(call).filter((task) => isWanted(task, call));
  const page = readPage(parameters, PAGE_SIZES);
  return createPlainAnswer({
    ...{ PageNumber: page.number, PageSize: page.size, TotalCount: found.length },
    Items: slicePage(found, page).map((task) => toItem(task, state)),
  });
}

/** Of the named instances, or of all that live: an account's whole history is a scan. */
function listTasks({ account, parameters, state }: ActionCall): OwnTask[] {
  const ids = getParameter(parameters, 'InstanceId')?.split(',');
  const candidates =
    ids === undefined
      ? [...state.store.listLiving()]
      : ids.flatMap((id) => state.store.find(id) ?? []);
  const own = new Map(
    candidates.filter(({ spec }) => spec.accountId === account.accountId).map((i) => [i.id, i]),
  );
  const modifications = state.tasks.list().flatMap((task): OwnTask[] => {
    const instance = own.get(task.instanceId);
    return instance === undefined ? [] : [{ ...task, instance, isCreation: false }];
  });
  return [...[...own.values()].map(toCreation), ...modifications];
}

function toCreation(instance: Instance): OwnTask {
  return {
    id: `t-c${String(instance.ordinal).padStart(15, '0')}`,
    instanceId: instance.id,
    type: 'CreateIns',
    startedAtMs: instance.createdAtMs,
    endsAtMs: instance.settledAtMs,
    instance,
    isCreation: true,
  };
}

function isWanted(task: OwnTask, { parameters, state }: ActionCall): boolean {
  const isEqual = (name: string, value: string): boolean =>
    (getParameter(parameters, name) ?? value) === value;
  return (
    task.startedAtMs >= Date.parse(parameters.get('FromStartTime') ?? '') &&
    task.startedAtMs <= Date.parse(parameters.get('ToStartTime') ?? '') &&
    isEqual('RegionId', task.instance.spec.regionId) &&
    isEqual('TaskId', task.id) &&
    isEqual('TaskType', task.type) &&
    isEqual('Status', statusOf(task, state))
  );
}

/** A creation is as far as its instance is; a modification ends by the clock. */
function statusOf({ instance, isCreation, endsAtMs }: OwnTask, state: EmulatorState): TaskStatus {
  if (!isCreation) return state.nowMs() < endsAtMs ? 'Running' : 'Succeed';
  const status = currentStatus(instance, state);
  if (status === 'Error') return 'Failed';
  return toInstanceState(status) === 'creating' ? 'Running' : 'Succeed';
}

function toItem(task: OwnTask, state: EmulatorState): object {
  const { instance, startedAtMs, endsAtMs } = task;
  const nowMs = state.nowMs();
  const status = statusOf(task, state);
  const isOver = status !== 'Running';
  const share = (nowMs - startedAtMs) / Math.max(1, endsAtMs - startedAtMs);
  return {
    TaskId: task.id,
    TaskType: task.type,
    Status: status,
    InstanceId: instance.id,
    InstanceName: instance.settings.name,
    InstanceType: 'Instance',
    RegionId: instance.spec.regionId,
    StartTime: toApiTime(startedAtMs),
    // Reads can have settled it before its time.
    EndTime: isOver ? toApiTime(Math.min(endsAtMs, nowMs)) : '',
    Progress: status === 'Succeed' ? 100 : Math.min(99, Math.floor(100 * share)),
    RemainTime: isOver ? 0 : Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000)),
    CurrentStepName: isOver ? '' : 'exec_task',
    ...{ DbType: 'redis', Product: 'kvstore', CallerSource: 'User', ReasonCode: '' },
    ...{ CallerUid: instance.spec.accountId, Uid: instance.spec.accountId },
    ...{ ActionInfo: '', TaskDetail: '{}' },
  };
}

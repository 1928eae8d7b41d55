import type { Instance } from '../instance';
import { getParameter } from '../protocol/parameters';
import type { Task } from '../task-book';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import type { ActionResult } from '../action-result';
import { ignored, optionals, required } from './action-parameters';
import { toApiTime } from './instance-view';
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
}

function run(call: ActionCall): ActionResult {
  const { parameters, state } = call;
  const found = listTasks(call).filter((task) => isWanted(task, call));
  const page = readPage(parameters, PAGE_SIZES);
  return createPlainAnswer({
    ...{ PageNumber: page.number, PageSize: page.size, TotalCount: found.length },
    Items: slicePage(found, page).map((task) => toItem(task, state.nowMs())),
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
    return instance === undefined ? [] : [{ ...task, instance }];
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
    isEqual('Status', statusOf(task, state.nowMs()))
  );
}

function statusOf({ endsAtMs }: Task, nowMs: number): string {
  return nowMs < endsAtMs ? 'Running' : 'Succeed';
}

function toItem(task: OwnTask, nowMs: number): object {
  const { instance, startedAtMs, endsAtMs } = task;
  const isOver = nowMs >= endsAtMs;
  const share = (nowMs - startedAtMs) / Math.max(1, endsAtMs - startedAtMs);
  return {
    TaskId: task.id,
    TaskType: task.type,
    Status: statusOf(task, nowMs),
    InstanceId: instance.id,
    InstanceName: instance.settings.name,
    InstanceType: 'Instance',
    RegionId: instance.spec.regionId,
    StartTime: toApiTime(startedAtMs),
    EndTime: isOver ? toApiTime(endsAtMs) : '',
    Progress: isOver ? 100 : Math.floor(100 * share),
    RemainTime: isOver ? 0 : Math.ceil((endsAtMs - nowMs) / 1_000),
    CurrentStepName: isOver ? '' : 'exec_task',
    ...{ DbType: 'redis', Product: 'kvstore', CallerSource: 'User', ReasonCode: '' },
    ...{ CallerUid: instance.spec.accountId, Uid: instance.spec.accountId },
    ...{ ActionInfo: '', TaskDetail: '{}' },
  };
}

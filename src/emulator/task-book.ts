/** One task of an instance, as DescribeHistoryTasks tells it. */
export interface Task {
  /** `t-` and digits. */
  readonly id: string;
  readonly instanceId: string;
  /** What the operation's page calls it: `ModifyInsSpec`, `RestartIns`. */
  readonly type: string;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
}

/** Oldest tasks are forgotten beyond this number: the cloud keeps them for a limited time as well. */
const TASKS_MAX = 100_000;

/** The modifications that instances went through. Creations are told by the instances themselves. */
export class TaskBook {
  private tasks: Task[] = [];
  private count = 0;

  /** Notes a task that has begun. */
  add(task: Omit<Task, 'id'>): Task {
    this.count += 1;
    const noted = { id: createTaskId(this.count), ...task };
    this.tasks.push(noted);
    if (this.tasks.length > 1.25 * TASKS_MAX) this.tasks = this.tasks.slice(-TASKS_MAX);
    return noted;
  }

  /** All tasks that are remembered, oldest first. */
  list(): readonly Task[] {
    return this.tasks;
  }
}

/** The id of the n-th task. */
function createTaskId(number: number): string {
  return `t-${String(number).padStart(16, '0')}`;
}

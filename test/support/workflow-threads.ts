import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared';

/**
 * What workers get that run workflows in the thread of the test: one of their own loads all of Temporal
 * again, for every fleet. Programs of `test/e2e` and `test/chaos` have the thread.
 */
export const WITHOUT_THREAD = { debugMode: true } as const;

/**
 * Takes away what such a worker leaves in the process for ever: a hook for each promise, for stack
 * traces of workflows. Without this each test file would slow down all that jest runs after it.
 * To be called when a worker has been created.
 */
export function removePromiseHook(): void {
  globalHandlers.uninstall();
}

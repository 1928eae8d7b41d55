import type { ScheduleFile } from '../../src/domain/schedule/schedule';
import { readSchedulesText } from '../../src/input/read-schedules';
import type { TestRequest } from './fleet';
import { createTestRequest } from './test-request';

/** A schedule as somebody writes it, but for what a test changes. */
export function writeSchedule(name: string, changes: object = {}): object {
  return { name, cron: '30 2 * * 1-5', request: writeRequest(2), ...changes };
}

/** A request as it stands in a schedule. */
export function writeRequest(count: number, changes: object = {}): TestRequest {
  return { apiVersion: 'tairfleet/v1', ...createTestRequest(count), ...changes };
}

/** The checked file of schedules as somebody writes them. */
export function createScheduleFile(tenant: string, schedules: readonly object[]): ScheduleFile {
  const document = { apiVersion: 'tairfleet/schedules/v1', tenant, schedules };
  const read = readSchedulesText(JSON.stringify(document), { fileName: 'test' });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.file;
}

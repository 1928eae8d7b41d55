import type { ScheduleOverlapPolicy } from '@temporalio/client';
import { OVERLAPS } from '../../domain/schedule/schedule';
import type { Overlap } from '../../domain/schedule/schedule';

const SERVER_NAMES = {
  skip: 'SKIP',
  bufferOne: 'BUFFER_ONE',
  bufferAll: 'BUFFER_ALL',
  allowAll: 'ALLOW_ALL',
} as const satisfies Record<Overlap, ScheduleOverlapPolicy>;

/** The server's name of what happens at a time whose batch before is still open. */
export function toServerOverlap(overlap: Overlap): ScheduleOverlapPolicy {
  return SERVER_NAMES[overlap];
}

/** The server's own default is to skip; one that we never write reads as its name. */
export function fromServerOverlap(name: ScheduleOverlapPolicy): Overlap {
  if (name === undefined) return 'skip';
  return OVERLAPS.find((overlap) => SERVER_NAMES[overlap] === name) ?? (name as Overlap);
}

import { upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { countSlots, type BatchRequest } from '../domain/batch-request';
import type { BatchProgress } from '../domain/progress';

const TENANT = defineSearchAttributeKey('BatchTenant', 'KEYWORD');
const PHASE = defineSearchAttributeKey('BatchPhase', 'KEYWORD');
const NEEDS_OPERATOR = defineSearchAttributeKey('BatchNeedsOperator', 'BOOL');
const SLOTS = defineSearchAttributeKey('BatchSlots', 'INT');
const READY = defineSearchAttributeKey('BatchReady', 'INT');

/**
 * Keeps the search attributes up to date. Each write is an event in the history, so it writes only
 * when the phase or the need for an operator changes.
 */
export class SearchAttributeWriter {
  private isSearchable = false;
  private written: string | null = null;

  constructor(private readonly request: BatchRequest) {}

  /** Whether attributes may be written here: known only once the worker has said so. */
  setSearchable(isSearchable: boolean): void {
    this.isSearchable = isSearchable;
  }

  write({ phase, needsOperator, counts }: BatchProgress): void {
    const state = `${phase}/${needsOperator}`;
    if (!this.isSearchable || state === this.written) return;
    const isFirst = this.written === null;
    this.written = state;
    upsertSearchAttributes([
      { key: PHASE, value: phase },
      { key: NEEDS_OPERATOR, value: needsOperator },
      { key: READY, value: counts.ready },
      ...(isFirst
        ? [
            { key: TENANT, value: this.request.tenant },
            { key: SLOTS, value: countSlots(this.request) },
          ]
        : []),
    ]);
  }
}

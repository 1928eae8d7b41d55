import type { Client } from '@temporalio/client';
import { PROVISION_BATCH } from '../contract/names';
import { withinTime } from './batch-run';
import type { ListFilter } from './list-filter';
import { classifyTemporalError } from './temporal-failure';

type Filter = Omit<ListFilter, 'limit'>;

/**
 * The visibility query of a list. Phase and need for a person go into it where the namespace has our
 * search attributes, so that a rare one is found among any number of batches; each row is looked at all the
 * same. A batch without attributes is looked at in any case.
 *
 * @param client - the Temporal client
 * @param filter - which
 * @throws what the client library throws, soon: nobody answers
 */
export async function chooseListQuery(client: Client, filter: Filter): Promise<string> {
  const wide = toQuery(filter);
  const narrow = [wide, ...toAttributeTerms(filter)].join(' AND ');
  // The iteration of a list has no time limit, so the count is what fails soon.
  const tryOut = (query: string) => withinTime(client, () => client.workflow.count(query));
  if (narrow !== wide) {
    try {
      await tryOut(narrow);
      return narrow;
    } catch (error) {
      if (classifyTemporalError(error) !== 'refused-query') throw error;
    }
  }
  await tryOut(wide);
  return wide;
}

function toAttributeTerms({ phase, needsOperator }: Filter): readonly string[] {
  return [
    ...(phase === undefined ? [] : [`(BatchPhase = '${escape(phase)}' OR BatchPhase IS NULL)`]),
    ...(needsOperator === true
      ? ['(BatchNeedsOperator = true OR BatchNeedsOperator IS NULL)']
      : []),
  ];
}

/** The tenant by the id and not by its attribute, which a run without attributes does not have. */
function toQuery({ tenant, phase, needsOperator, ...rest }: Filter): string {
  const { isOpen, isEnded, startedAfterMs } = rest;
  const isOpenOnly = isOpen === true || phase !== undefined || needsOperator === true;
  return [
    `WorkflowType = '${PROVISION_BATCH}'`,
    isOpenOnly ? `ExecutionStatus = 'Running'` : `ExecutionStatus != 'ContinuedAsNew'`,
    ...(isEnded === undefined ? [] : [`ExecutionStatus != 'Running'`]),
    ...(startedAfterMs === undefined
      ? []
      : [`StartTime >= '${new Date(startedAfterMs).toISOString()}'`]),
    ...(tenant === undefined ? [] : [`WorkflowId STARTS_WITH 'batch/${escape(tenant)}/'`]),
  ].join(' AND ');
}

function escape(text: string): string {
  return text.replace(/'/g, "''");
}

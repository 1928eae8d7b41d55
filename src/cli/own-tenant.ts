import { checkBatchRequest } from '../domain/check-batch-request';
import { rereadSchedules } from '../input/read-schedules';
import type { CheckedSchedules } from '../input/read-schedules';
import { createFailureReport } from './command-report';
import type { CliFailure, CommandReport } from './command-report';
import { withFacade } from './command-shell';
import type { CommandContext, OpenedFacade } from './command-shell';
import type { PricedSubmission } from './read-submission';

/** How somebody named a batch or a schedule, or what is wrong with it. */
export type NamedKey<Key> =
  | { readonly ok: true; readonly key: Key; readonly isTenantNamed: boolean }
  | { readonly ok: false; readonly failure: CliFailure };

/** What is meant, with its tenant, or why nobody can tell. */
export type Settled<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: CliFailure };

/** Where tenants are looked up: only of the HTTP API they can be asked. */
type TenantPlace = Pick<OpenedFacade, 'ownTenant'>;

/**
 * Runs a part of a command about one batch or schedule. Whose it is follows from the key of the HTTP API
 * where nobody says it.
 *
 * @param context - how to reach it
 * @param named - the argument of the command
 * @param work - the part; its report is passed on
 */
export async function withNamed<Key extends { readonly tenant: string }>(
  context: CommandContext,
  named: NamedKey<Key>,
  work: (opened: OpenedFacade, key: Key) => Promise<CommandReport>,
): Promise<CommandReport> {
  if (!named.ok) return createFailureReport(named.failure);
  return withFacade(context, async (opened) => {
    if (named.isTenantNamed) return work(opened, named.key);
    const own = await opened.ownTenant();
    if (!own.ok) return createFailureReport(own);
    return work(opened, { ...named.key, tenant: own.value ?? named.key.tenant });
  });
}

/**
 * Writes the tenant into a request that names none, so that what is shown is what is ordered, whatever
 * becomes of the key in between.
 *
 * @param place - knows the tenant of the key
 * @param submission - the checked request
 * @returns the same where the tenant is named, or not to be had; the failure of the server
 */
export async function settleSubmission(
  place: TenantPlace,
  submission: PricedSubmission,
): Promise<Settled<PricedSubmission>> {
  const tenant = await findTenant(place, submission.document);
  if (!tenant.ok) return tenant;
  if (tenant.value === null) return { ok: true, value: submission };
  const document = { ...(submission.document as object), tenant: tenant.value };
  const checked = checkBatchRequest(document);
  if (!checked.ok) return createNoName(tenant.value);
  return { ok: true, value: { ...submission, document, request: checked.request } };
}

/**
 * As {@link settleSubmission}, for a file of schedules.
 *
 * @param place - knows the tenant of the key
 * @param written - the checked file
 */
export async function settleSchedules(
  place: TenantPlace,
  written: CheckedSchedules,
): Promise<Settled<CheckedSchedules>> {
  const tenant = await findTenant(place, written.document);
  if (!tenant.ok) return tenant;
  if (tenant.value === null) return { ok: true, value: written };
  const reread = rereadSchedules(written, tenant.value);
  return reread === null ? createNoName(tenant.value) : { ok: true, value: reread };
}

/** The tenant that a document lacks; null when it has one, or nobody knows better. */
async function findTenant(place: TenantPlace, document: unknown): Promise<Settled<string | null>> {
  if (Object.hasOwn(document as object, 'tenant')) return { ok: true, value: null };
  const own = await place.ownTenant();
  return own.ok ? own : { ok: false, failure: own };
}

function createNoName(tenant: string): Settled<never> {
  const message = `The key is of the tenant ${tenant}, for which the request is not valid.`;
  return { ok: false, failure: { code: 'unexpected', message } };
}

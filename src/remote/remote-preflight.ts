import type { components } from '../client/api-types';
import type { BatchRequest } from '../domain/batch-request';
import { toOffer } from '../domain/preflight-questions';
import type { GroupVerdict, PreflightReport } from '../domain/preflight-report';
import type { Submission } from '../service/submission';
import { createFailure, createSuccess } from '../service/service-result';
import type { ServiceFailure, ServiceResult } from '../service/service-result';
import type { ApiConnection } from './api-connection';

type PreflightView = components['schemas']['Preflight'];

/**
 * Asks the cloud, by the server and its workers, what a batch would meet.
 *
 * @param api - the server
 * @param submission - the checked request
 * @returns the verdicts; the failure of the server, such as `forbidden` for a key that may only look
 */
export async function preflightRemote(
  api: ApiConnection,
  { document, request }: Submission,
): Promise<ServiceResult<PreflightReport>> {
  const params = { query: { chunks: 0, preflight: 'true' } as const };
  const body = document as never;
  const planned = await api.send((client) => client.POST('/v1/plans', { body, params }));
  if (!planned.ok) return planned;
  const { preflight } = planned.value;
  return preflight === null ? createSilent(api) : toReport(api, request, preflight);
}

/** What was asked for in each placement follows from the request; the verdicts are the server's. */
function toReport(
  api: ApiConnection,
  request: BatchRequest,
  { verdict, names, totals, groups }: PreflightView,
): ServiceResult<PreflightReport> {
  const judged: GroupVerdict[] = [];
  for (const { placements, ...group } of groups) {
    const asked = request.groups.find(({ name }) => name === group.group);
    if (asked?.placements.length !== placements.length) return createSilent(api);
    const rows = placements.map(({ vSwitchId, slots, verdict: of, checks, price }, rank) => {
      const offer = toOffer(asked, asked.placements[rank]!);
      return { offer, vSwitchId, slots, verdict: of, checks, price };
    });
    judged.push({ ...group, placements: rows });
  }
  return createSuccess({ verdict, groups: judged, names, totals });
}

function createSilent({ url }: ApiConnection): ServiceFailure {
  return createFailure(
    'unexpected',
    `The server at ${url} has judged another request than this one: is it of another version?`,
  );
}

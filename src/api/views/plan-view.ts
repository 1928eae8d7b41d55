import { z } from 'zod';
import { hashRequest } from '../../domain/request-hash';
import type { PreflightReport } from '../../domain/preflight-report';
import type { BatchPreview } from '../../service/batch-preview';
import { PREFLIGHT, toPreflightView } from './preflight-view';

const COUNT = z.int().min(0);

/** What submitting a request would order. */
export const PLAN = z
  .object({
    tenant: z.string(),
    batchId: z.string(),
    isOrdering: z.boolean().describe('False when this very request was submitted before.'),
    known: z.enum(['new', 'same', 'unknown']).describe('What is known about the batch id.'),
    slots: COUNT,
    shards: COUNT,
    chunks: COUNT.describe('Create calls, when nothing is refused.'),
    groups: z.array(z.object({ name: z.string(), slots: COUNT, chunks: COUNT })),
    calls: z.record(z.string(), COUNT).describe('Calls of a batch to which nothing happens.'),
    chunkList: z.array(
      z.object({
        chunk: z.string(),
        group: z.string(),
        shard: COUNT,
        slots: COUNT,
        name: z.string(),
        region: z.string(),
        zone: z.string(),
        instanceClass: z.string().nullable(),
        token: z.string(),
      }),
    ),
    chunksUnlisted: COUNT,
    warnings: z.array(
      z.object({ code: z.string(), group: z.string().optional(), message: z.string() }),
    ),
    account: z.string(),
    frozen: z
      .object({
        installationId: z.string(),
        account: z.string(),
        chunkSlots: COUNT,
        shardSlots: COUNT,
        naming: z.literal('shared'),
        requestHash: z.string(),
      })
      .describe('What names and tokens follow from, besides the request.'),
    requestHash: z.string(),
    preflight: PREFLIGHT.nullable().describe('Null when the cloud was not asked.'),
  })
  .meta({ id: 'Plan' });

/** A plan as the API gives it. */
export function toPlanView(
  preview: BatchPreview,
  { isOrdering, report }: { readonly isOrdering: boolean; readonly report: PreflightReport | null },
): z.input<typeof PLAN> {
  const { request, frozen, plan, chunks, warnings, known } = preview;
  return {
    tenant: request.tenant,
    batchId: request.batchId,
    isOrdering,
    known: known.kind,
    ...plan,
    groups: [...plan.groups],
    chunkList: [...chunks],
    chunksUnlisted: plan.chunks - chunks.length,
    warnings: [...warnings],
    account: frozen.account,
    frozen: { ...frozen },
    requestHash: hashRequest(request),
    preflight: report === null ? null : toPreflightView(report),
  };
}

import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { PlanConfig } from '../config/plan-config';
import type { BatchService } from '../service/batch-service';

/** The server as its routes see it: their zod schemas are the types of what they read. */
export type ApiApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes work with. */
export interface ApiContext {
  readonly service: BatchService;
  /** What requests would be planned with. */
  readonly plan: PlanConfig;
}

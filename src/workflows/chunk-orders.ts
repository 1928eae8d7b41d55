import type { ControlAnswer, CreateChunkAnswer, SettleAnswer } from '../contract/activity-types';
import type { Tuning } from '../domain/frozen-plan';
import type { HomeChunk } from '../domain/home-chunk-state';
import type { HomeEvent } from '../domain/home-event';
import type { ShardCommand } from '../domain/shard-event';
import { createActivities, lookActivities, type ActivityLabel } from './activity-options';
import {
  getGroup,
  getPlacement,
  toCreateInput,
  toSettleInput,
  type ChunkContext,
} from './chunk-input';
import type { RunTally } from './run-tally';
import type { StateGuard } from './state-guard';

/** What is the same for all orders of a shard. */
export interface OrderContext {
  readonly context: ChunkContext;
  readonly tuning: Tuning;
  readonly tally: RunTally;
}

/** One kind of command. */
type CommandOf<T extends ShardCommand['type']> = Extract<ShardCommand, { readonly type: T }>;

/** Runs the create activity of a path; whatever it ends with is an event. */
export async function orderCreate(
  { context, tuning, tally, guard }: OrderContext & { readonly guard: StateGuard },
  home: HomeChunk,
  command: CommandOf<'create'>,
): Promise<HomeEvent> {
  const path = home.paths.find((candidate) => candidate.name === command.path);
  if (path === undefined) throw new Error(`no path ${command.path} to create`);
  const input = toCreateInput(context, home, { path, ignoreIds: command.ignoreIds });
  guard.checkToken(input.token, input.body);
  const { zone } = getPlacement(getGroup(context.request, home.group), path.placement);
  const label = toLabel(context, `create ${path.name} (${path.count}) in ${zone}`);
  const answer = await createActivities(label, tuning)
    .createChunk(input)
    .catch(() => null);
  if (answer !== null) {
    tally.add(answer);
    if (answer.kind === 'created') tally.addOrder(answer.orderId);
  }
  return toHomeEvent(command.path, answer);
}

/** Looks what exists of a home chunk. */
export async function orderSettle(
  { context, tally }: OrderContext,
  home: HomeChunk,
): Promise<HomeEvent> {
  const label = toLabel(context, `settle ${home.name}`);
  const answer = await lookActivities(label).settle(toSettleInput(context, home));
  tally.add(answer);
  return toSettleEvent(answer);
}

/** Makes the positive control of a group (rule R12). */
export async function orderControl(
  { context, tally }: OrderContext,
  home: HomeChunk,
  { ids }: CommandOf<'control'>,
): Promise<ControlAnswer> {
  const { account, region, engine, name } = toSettleInput(context, home);
  const label = toLabel(context, `control the names of ${home.groupName}`);
  const answer = await lookActivities(label).control({ account, region, engine, name, ids });
  tally.add(answer);
  return answer;
}

function toLabel({ request }: ChunkContext, summary: string): ActivityLabel {
  return { summary, tenant: request.tenant };
}

function toSettleEvent(answer: SettleAnswer): HomeEvent {
  return answer.kind === 'settled'
    ? { type: 'settled', found: answer.found, proof: answer.proof }
    : { type: 'tooEarly', since: answer.since, waitMs: answer.waitMs };
}

function toHomeEvent(path: string, answer: CreateChunkAnswer | null): HomeEvent {
  if (answer === null) return { type: 'lost', path };
  switch (answer.kind) {
    case 'created':
    case 'adopted':
      return { type: 'created', path, ids: answer.ids };
    case 'notExecuted':
      return { type: 'notExecuted', path, refusal: answer.refusal };
    case 'refused':
      return { type: 'refused', path, refusal: answer.refusal };
    case 'unsettled':
      return {
        type: 'unsettled',
        path,
        since: answer.since,
        waitMs: answer.waitMs,
        refusal: answer.refusal,
      };
  }
}

import { z } from 'zod';
import { INSTANCE_STATUSES } from '../instance-life';
import { pinStatus } from '../pin-status';
import { sayUnknown } from '../nearest-word';
import { describeProblem } from '../schema-problem';
import { sendJson, sendProblem } from './control-answer';
import { findAny, toListed } from './listed-instances';
import type { ControlCall, ControlHost, Route } from './route';

const pinSchema = z.strictObject({
  /** null: as its life has it. */
  status: z
    .enum(INSTANCE_STATUSES, {
      error: ({ input }) =>
        typeof input === 'string'
          ? sayUnknown('status', input, INSTANCE_STATUSES)
          : `It must be a status, or null to take it back: ${INSTANCE_STATUSES.join(', ')}.`,
    })
    .nullable(),
});

/** The calls about one instance. */
export const INSTANCE_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator/instances/<id>': { query: [], run: getInstance },
  'PUT /_emulator/instances/<id>': { query: [], takesJson: true, run: putInstance },
};

function getInstance({ response, id }: ControlCall, { state }: ControlHost): void {
  const instance = findAny(id, state);
  if (instance === undefined) sendUnknown(response, id);
  else sendJson(response, 200, toListed(instance, state));
}

function putInstance({ response, id, json }: ControlCall, { state }: ControlHost): void {
  const parsed = pinSchema.safeParse(json);
  if (!parsed.success) {
    const message = describeProblem(parsed.error, ['status']);
    sendProblem(response, 400, { code: 'InvalidStatus', message });
    return;
  }
  const instance = findAny(id, state);
  if (instance === undefined) {
    sendUnknown(response, id);
    return;
  }
  if (instance.deletedAtMs !== undefined) {
    const message = `${id} is released, and stays so: order another instance instead.`;
    sendProblem(response, 409, { code: 'InstanceReleased', message });
    return;
  }
  pinStatus(instance, parsed.data.status, state);
  sendJson(response, 200, toListed(instance, state));
}

function sendUnknown(response: ControlCall['response'], id: string): void {
  const message = `There is no instance ${id}, and was none since the start or the last reset.`;
  sendProblem(response, 404, { code: 'UnknownInstance', message });
}

import { parseFaults, sayNameTaken } from '../faults';
import { sayUnknown } from '../nearest-word';
import { sendJson, sendProblem } from './control-answer';
import type { ControlCall, ControlHost, Route } from './route';

/** The calls about the fault script; each answers what is in force then. */
export const FAULT_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator/faults': {
    query: [],
    run: ({ response }, { state }) => {
      sendJson(response, 200, state.faults.list());
    },
  },
  'PUT /_emulator/faults': { query: [], takesJson: true, run: replaceFaults },
  'POST /_emulator/faults': { query: [], takesJson: true, run: addFaults },
  // Each `name` is that of a rule; none: all.
  'DELETE /_emulator/faults': { query: ['name'], run: removeFaults },
};

function replaceFaults({ response, json }: ControlCall, { state }: ControlHost): void {
  const result = parseFaults(json);
  if (!result.ok) {
    sendProblem(response, 400, { code: 'InvalidFaults', message: result.problem });
    return;
  }
  state.faults.replace(result.faults);
  sendJson(response, 200, state.faults.list());
}

function addFaults({ response, json }: ControlCall, { state }: ControlHost): void {
  const result = parseFaults(json);
  const taken = result.ok ? state.faults.findTaken(result.faults) : undefined;
  if (!result.ok || taken !== undefined) {
    const message = result.ok ? sayNameTaken(taken ?? '') : result.problem;
    sendProblem(response, 400, { code: 'InvalidFaults', message });
    return;
  }
  state.faults.add(result.faults);
  sendJson(response, 200, state.faults.list());
}

function removeFaults({ response, query }: ControlCall, { state }: ControlHost): void {
  const wanted = new URLSearchParams(query).getAll('name');
  const known = state.faults.list().map(({ name }) => name);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = sayUnknown('rule called', unknown, known);
    sendProblem(response, 404, { code: 'UnknownFault', message });
    return;
  }
  state.faults.remove(wanted.length === 0 ? known : wanted);
  sendJson(response, 200, state.faults.list());
}

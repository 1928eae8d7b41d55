import { applyConfigPatch } from '../config-patch';
import { restoreConfig } from '../config-restore';
import type { ConfigResult } from '../config-check';
import { sendJson, sendProblem } from './control-answer';
import type { ControlCall, ControlHost, Route } from './route';

/** The calls about the config. */
export const CONFIG_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator/config': {
    query: [],
    run: ({ response }, host) => {
      sendJson(response, 200, host.state.config);
    },
  },
  'PUT /_emulator/config': {
    query: [],
    takesJson: true,
    run: (call, host) => {
      const { config, accounts } = host.state;
      useConfig(call, host, applyConfigPatch(config, call.json, accounts));
    },
  },
  // Each `key` names a setting; none: all.
  'DELETE /_emulator/config': {
    query: ['key'],
    run: (call, host) => {
      const { config, accounts } = host.state;
      const keys = new URLSearchParams(call.query).getAll('key');
      const restored = restoreConfig(host.originConfig, keys, { before: config, accounts });
      useConfig(call, host, restored);
    },
  },
};

function useConfig({ response }: ControlCall, { state }: ControlHost, result: ConfigResult): void {
  if (!result.ok) {
    sendProblem(response, 400, { code: 'InvalidConfig', message: result.problem });
    return;
  }
  state.config = result.config;
  state.queries.forget();
  sendJson(response, 200, state.config);
}

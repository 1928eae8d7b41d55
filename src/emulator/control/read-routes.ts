import { createStats } from '../stats';
import { toBriefEntries } from './brief-log';
import { sendInvalid, sendJson } from './control-answer';
import { INSTANCES_PARAMETERS, parseInstancesQuery } from './instances-query';
import { listAccounts } from './listed-accounts';
import { findAny, listInstances } from './listed-instances';
import { LOG_PARAMETERS, parseLogQuery } from './log-query';
import { writeNdjson } from './ndjson';
import type { ControlCall, ControlHost, Route } from './route';

/** The calls that tell what has happened and what there is. */
export const READ_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator/stats': {
    query: [],
    run: ({ response }, host) => {
      sendJson(response, 200, createStats(host.state));
    },
  },
  'GET /_emulator/accounts': {
    query: [],
    run: ({ response }, host) => {
      sendJson(response, 200, listAccounts(host.state));
    },
  },
  'GET /_emulator/log': { query: LOG_PARAMETERS, run: getLog },
  'GET /_emulator/instances': { query: INSTANCES_PARAMETERS, run: getInstances },
};

async function getLog({ response, query }: ControlCall, host: ControlHost): Promise<void> {
  const result = parseLogQuery(query);
  if (!result.ok) {
    sendInvalid(response, result.parameter, result.problem);
    return;
  }
  const { since, last, isBrief, matches } = result.query;
  const { log } = host.state;
  const entries =
    last === undefined ? log.list(since, matches) : log.listLatest(since, { last, matches });
  await writeNdjson(response, isBrief ? toBriefEntries(entries) : entries);
}

async function getInstances({ response, query }: ControlCall, host: ControlHost): Promise<void> {
  const result = parseInstancesQuery(query);
  if (!result.ok) {
    sendInvalid(response, result.parameter, result.problem);
    return;
  }
  const { after } = result.query;
  if (after !== undefined && findAny(after, host.state) === undefined) {
    sendInvalid(response, 'after', 'after must be the InstanceId of the last one already read.');
    return;
  }
  await writeNdjson(response, listInstances(host.state, result.query));
}

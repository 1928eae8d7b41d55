import type { CallReport } from '../cloud/rpc-caller';
import { logEvent, type EventLog } from '../contract/log-writer';

/** Tells of every answer with a code that the error table does not list. */
export function createCallLog(log: EventLog): (report: CallReport) => void {
  return ({ account, region, action, class: errorClass, code, requestId, isListed }) => {
    if (isListed) return;
    const call = { account, region, action };
    logEvent(log, 'unlisted-code', { ...call, class: errorClass, code, requestId });
  };
}

import { logEvent, type EventLog } from '../contract/log-writer';

/** What the Temporal SDK takes for the wish that a worker ends (`shutdownSignals` of its runtime). */
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'];

/**
 * Tells of the first signal that ends the worker. The second one finds no listener of ours, so that it
 * ends the process as it would without us.
 *
 * @returns ends it
 */
export function tellStopping(log: EventLog): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    forget();
    logEvent(log, 'worker-stopping', { signal });
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return forget;
}

import type { BatchProgress } from '../../domain/progress';
import type { LiveView } from '../live/live-view';
import { formatCount } from '../views/human/numbers';
import { DEMO_GATE_SHOWN_MS, DEMO_QUOTA } from './demo-settings';
import type { EmulatorControl } from './emulator-control';

/** Plays the person who gets the account's quota raised, once the batch has waited for a while. */
export interface QuotaRaiser {
  /** Looks at the progress of the batch, and raises the quota when it is time. */
  observe(progress: BatchProgress, view: LiveView): void;
}

/**
 * Builds the raiser.
 *
 * @param control - control API of the emulator
 * @param quota - how many instances the account may hold before
 */
export function createQuotaRaiser(control: EmulatorControl, quota: number): QuotaRaiser {
  let isSeen = false;
  let isRaised = false;
  return {
    observe(progress, view) {
      if (progress.gate === null || isRaised) return;
      if (!isSeen) {
        isSeen = true;
        view.note(
          `The account's quota of ${formatCount(quota)} instances is used up: the batch waits, ` +
            'probes slowly, and nothing fails.',
        );
      }
      if (Date.now() - progress.gate.sinceMs < DEMO_GATE_SHOWN_MS) return;
      isRaised = true;
      view.note(`Raising the quota to ${formatCount(DEMO_QUOTA.raised)}, as support would.`);
      control.configure({ quota: DEMO_QUOTA.raised }).catch((error: unknown) => {
        view.note(`The quota could not be raised: ${String(error)}`);
      });
    },
  };
}

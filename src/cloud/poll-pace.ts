import type { ReadyTimes } from './ready-times';

/** Bounds of the pause between two polls of one account, region and engine. */
export interface PollSettings {
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
}

/** Ages between which an instance is likely to become ready, ms. */
export interface ReadyWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the next pause depends on. */
export interface PaceView {
  /** Age of the youngest instance that is due, ms. */
  readonly youngestMs: number;
  /** Since an instance was last seen to come to its end, ms; null: none was. */
  readonly sinceChangeMs: number | null;
  readonly window: ReadyWindow | null;
  /** Polls that failed one after the other. */
  readonly failures: number;
  /** Share of what the poll asked for that had come to its end. */
  readonly endedShare: number;
}

/** The pause as a share of the time in which nothing has happened: cheap, and soon enough. */
const QUIET_SHARE = 0.1;

/** While a poll finds most of what it asks for ready, the next one comes sooner, down to this share. */
const CROWD_SHARE = 0.25;

/** The pause as a share of the window in which instances are expected. */
const WINDOW_SHARE = 0.05;

/** The window is a little wider than what was seen. */
const EARLY_SHARE = 0.02;
const LATE_SHARE = 0.98;
const EARLY_FACTOR = 0.9;
const LATE_FACTOR = 1.1;

/** When instances are expected, from what was learned; null while that is too little. */
export function toReadyWindow(times: ReadyTimes, nowMs: number): ReadyWindow | null {
  const early = times.quantileMs(EARLY_SHARE, nowMs);
  const late = times.quantileMs(LATE_SHARE, nowMs);
  if (early === null || late === null) return null;
  return { fromMs: early * EARLY_FACTOR, toMs: late * LATE_FACTOR };
}

/**
 * How long to wait after a poll, ms. Where instances become ready more will: the pause grows with
 * the time that passes without one. Where they are expected, it is short compared with how exactly
 * that is known.
 */
export function toPauseMs(view: PaceView, { pollMinMs, pollMaxMs }: PollSettings): number {
  const clamp = (ms: number): number => Math.min(Math.max(ms, pollMinMs), pollMaxMs);
  if (view.failures > 0) return clamp(pollMinMs * 2 ** Math.min(view.failures - 1, 16));
  if (view.endedShare > 0) return pollMinMs * Math.max(CROWD_SHARE, 1 - view.endedShare);
  const quietMs = Math.min(toUneventfulMs(view), view.sinceChangeMs ?? Infinity);
  const { window } = view;
  if (window === null || view.youngestMs > window.toMs) return clamp(quietMs * QUIET_SHARE);
  return clamp(Math.min(quietMs * QUIET_SHARE, (window.toMs - window.fromMs) * WINDOW_SHARE));
}

/** For how long it could have been expected that something happens. */
function toUneventfulMs({ youngestMs, window }: PaceView): number {
  return window === null ? youngestMs : Math.max(0, youngestMs - window.fromMs);
}

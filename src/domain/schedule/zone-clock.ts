/**
 * What the clocks of a time zone show. A clock time is written as seconds since 1970 on that clock, so
 * that its fields are those of UTC for the same number.
 */
export interface ZoneClock {
  /** The clock time of a moment, both in seconds. */
  toClock(atSec: number): number;
  /**
   * The moment of a clock time, both in seconds. Of a time that a change of the clock skips it is one
   * with another clock time; of one that the clock shows twice it is one of the two.
   */
  toMoment(clockSec: number): number;
}

const HOUR_SEC = 3_600;

/** As `GMT+05:30`; `GMT` alone is no offset. */
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/;

/**
 * Builds the clock of a zone, by the time zone data of this Node.
 *
 * @param timeZone - a name of the tz database that was checked
 */
export function createZoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const toOffset = (atSec: number): number => readOffset(format.format(atSec * 1_000));
  return {
    toClock: (atSec) => atSec + toOffset(atSec),
    // The server takes the offset of the clock time as if it were UTC, and of what that gives once more
    // (Go, time.Date). Which of two moments it finds so decides when it orders.
    toMoment: (clockSec) => clockSec - toOffset(clockSec - toOffset(clockSec)),
  };
}

function readOffset(text: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(text) ?? [];
  const size = Number(hours) * HOUR_SEC + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

import { PLACEMENT_SHAPE } from '../domain/check-group';
import { SPEC_SHAPE } from '../domain/check-spec';
import { LIMITS } from '../domain/limits';
import { FOLLOW_UP_COLUMNS, toFollowUpPath } from './csv-follow-ups';
import type { FollowUpPath } from './csv-follow-ups';

/** What a column of a CSV file says about its row's group. */
export type CsvColumn =
  | { readonly kind: 'group' | 'count' }
  /** A key of the group, of its spec, or of a placement (from 1). */
  | { readonly kind: 'key' | 'spec'; readonly key: string }
  | { readonly kind: 'placement'; readonly key: string; readonly number: number }
  | { readonly kind: 'followUp'; readonly path: FollowUpPath };

/** Without these columns no row makes sense. */
export const REQUIRED_COLUMNS = ['group', 'region', 'zone', 'vpcId', 'vSwitchId'] as const;

/** Keys of a placement whose column without a number speaks of the whole group instead. */
const WIDER_KEYS = ['instanceClass', 'maxPrice'];

const PLACEMENT_KEYS = [...Object.keys(PLACEMENT_SHAPE.required), ...PLACEMENT_SHAPE.optional];
const NUMBERED = /^([A-Za-z]+?)(\d{1,2})$/;

/** The columns that a file may have; the ones of a second placement stand for those of all further ones. */
export const KNOWN_COLUMNS: readonly string[] = [
  ...['group', 'count'],
  ...SPEC_SHAPE.optional,
  ...PLACEMENT_KEYS.filter((key) => !WIDER_KEYS.includes(key)),
  ...['placementPolicy', 'maxPrice'],
  ...PLACEMENT_KEYS.filter((key) => key !== 'region').map((key) => `${key}2`),
  ...FOLLOW_UP_COLUMNS,
];

/** What the column of that name says; null when there is none. */
export function toCsvColumn(name: string): CsvColumn | null {
  if (name === 'group' || name === 'count') return { kind: name };
  if (SPEC_SHAPE.optional.includes(name)) return { kind: 'spec', key: name };
  if (name === 'placementPolicy' || name === 'maxPrice') return { kind: 'key', key: name };
  if (PLACEMENT_KEYS.includes(name)) return { kind: 'placement', key: name, number: 1 };
  const path = toFollowUpPath(name);
  if (path !== null) return { kind: 'followUp', path };
  const [, key = '', digits = ''] = NUMBERED.exec(name) ?? [];
  const number = Number(digits);
  const isFurther = number >= 2 && number <= LIMITS.placementsMax && !digits.startsWith('0');
  if (!isFurther || key === 'region' || !PLACEMENT_KEYS.includes(key)) return null;
  return { kind: 'placement', key, number };
}

import type { ResultInstance } from '../../../domain/result';
import type { RowKind } from '../../rows/column';

/** Instances as rows of a list. */
export const INSTANCE_ROWS: RowKind<ResultInstance> = {
  toId: ({ id }) => id,
  none: 'no instances',
  columns: [
    { name: 'group', toValue: ({ group }) => group, shown: 'always' },
    { name: 'slot', toValue: ({ slot }) => slot, shown: 'always' },
    { name: 'id', toValue: ({ id }) => id, shown: 'always' },
    { name: 'name', toValue: ({ name }) => name, shown: 'wide' },
    { name: 'region', toValue: ({ region }) => region, shown: 'wide' },
    { name: 'zone', toValue: ({ zone }) => zone, shown: 'always' },
    { name: 'state', toValue: ({ state }) => state, shown: 'always' },
    { name: 'endpoint', toValue: ({ endpoint }) => endpoint ?? null, shown: 'always' },
  ],
};

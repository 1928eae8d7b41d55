import { ENTRY_SHAPE, EVENTS, SIGNAL_SHAPE, WEBHOOK_SHAPE } from '../../domain/check-notify';
import { FREE_TEXT_RULE } from '../../domain/check-texts';
import { LIMITS } from '../../domain/limits';
import { FILE_RULE, SECRET_SHAPE, VARIABLE_RULE } from '../../domain/secret-reference';
import { fromShape, fromTextRule } from './json-schema';

/** Where a secret is, never the secret itself. */
export const SECRET_SCHEMA = fromShape(
  SECRET_SHAPE,
  {
    env: fromTextRule(VARIABLE_RULE, { description: 'An environment variable of the worker.' }),
    file: fromTextRule(FILE_RULE, { description: "An absolute path on the worker's host." }),
  },
  {
    description: 'Where the secret is; the secret itself is never part of a request.',
    oneOf: [{ required: ['env'] }, { required: ['file'] }],
  },
);

const SIGNAL_SCHEMA = fromShape(
  SIGNAL_SHAPE,
  {
    workflowId: fromTextRule(FREE_TEXT_RULE, { description: 'A workflow of the same namespace.' }),
    name: fromTextRule(FREE_TEXT_RULE, { description: 'The signal that it handles.' }),
  },
  { description: 'Tells a workflow by a signal.' },
);

const WEBHOOK_SCHEMA = fromShape(
  WEBHOOK_SHAPE,
  {
    url: {
      type: 'string',
      description: 'An https URL without user name; plain http only to this very host.',
      // Which hosts are this one, and how long a port may be, is for the check to say.
      pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$',
      maxLength: LIMITS.textLengthMax,
    },
    secretFrom: SECRET_SCHEMA,
  },
  { description: 'Tells a receiver by HTTP, signed with a key.' },
);

/** Whom to tell. */
export const NOTIFY_SCHEMA = {
  type: 'array',
  description: 'Whom to tell how it ended, or that it needs a person.',
  minItems: 0,
  maxItems: LIMITS.notificationsMax,
  items: fromShape(
    ENTRY_SHAPE,
    {
      signal: SIGNAL_SCHEMA,
      webhook: WEBHOOK_SCHEMA,
      events: {
        type: 'array',
        description: 'What it is told; by default a webhook everything, a signal the end alone.',
        minItems: 1,
        maxItems: EVENTS.length,
        uniqueItems: true,
        items: { enum: EVENTS },
      },
    },
    { oneOf: [{ required: ['signal'] }, { required: ['webhook'] }] },
  ),
};

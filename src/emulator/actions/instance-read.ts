import type { Instance } from '../instance';
import { KVSTORE } from './action';
import { createPlainAnswer } from '../action-result';
import type { Action, ActionCall } from './action';
import { ignored, optionals, required } from './action-parameters';
import { findNamedInstance } from './own-instance';
import type { IdParameter } from './own-instance';

/** One operation that tells about one instance and changes nothing. */
export interface InstanceReadOptions {
  readonly name: string;
  readonly source?: Action['source'];
  /** Most operations call the id `InstanceId`. */
  readonly idParameter?: IdParameter;
  /** Besides the id. */
  readonly optional?: readonly string[];
  /** Those that the service has and that change nothing here. */
  readonly ignored?: readonly string[];
  /** The answer's members besides `RequestId`. */
  view(instance: Instance, call: ActionCall): Readonly<Record<string, unknown>>;
}

/** Builds an operation that reads one living instance of the calling account, in every status. */
export function createInstanceRead(options: InstanceReadOptions): Action {
  const { name, source = 'sdk', idParameter = 'InstanceId', optional = [], view } = options;
  return {
    name,
    product: KVSTORE,
    source,
    parameters: [
      required(idParameter),
      ...optionals(...optional),
      ...ignored(...(options.ignored ?? [])),
    ],
    run: (call) => {
      const found = findNamedInstance(call, idParameter);
      return found.kind === 'refusal' ? found : createPlainAnswer(view(found.instance, call));
    },
  };
}

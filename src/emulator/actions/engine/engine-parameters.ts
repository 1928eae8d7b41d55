import type { Instance } from '../../instance';
import type { Parameters } from '../../protocol/parameters';
import { createInvalid, createRefusal } from '../../refusal';
import { optional } from '../action-parameters';
import { createInstanceRead } from '../instance-read';
import { toConfigText } from '../instance-view';
import { createModification } from '../modification';
import { isOneOf } from '../value-rules';

/** Parameters that calls name one by one, as the answer spells them too, with their defaults. */
const NAMED_PARAMETERS = [
  ['ParamNoLooseSentinelEnabled', 'no'],
  ['ParamNoLooseSentinelPasswordFreeAccess', 'no'],
  ['ParamNoLooseSentinelPasswordFreeCommands', ''],
  ['ParamReplMode', 'async'],
  ['ParamSemisyncReplTimeout', '500'],
  ['ParamSentinelCompatEnable', '0'],
] as const;

/** Engine parameters that DescribeParameters shows without anybody having set them. */
const ENGINE_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['appendonly', 'yes'],
  ['maxmemory-policy', 'volatile-lru'],
  ['notify-keyspace-events', ''],
  ['timeout', '0'],
]);

/** ModifyInstanceConfig: some engine parameters, as a JSON object; the others stay. */
export const modifyInstanceConfigAction = createModification({
  name: 'ModifyInstanceConfig',
  parameters: [
    optional('Config'),
    ...NAMED_PARAMETERS.map(([name, standard]) =>
      optional(name, standard === 'no' ? isOneOf('yes', 'no') : undefined),
    ),
  ],
  taskType: 'ModifyInsConfig',
  change: ({ settings }, { parameters }) => {
    const changes = readChanges(parameters);
    if (changes === undefined) return createInvalid('InvalidParameter', 'Config');
    if (changes.length === 0) {
      return createRefusal(400, 'MissingParameter', 'Config is mandatory for this action.');
    }
    const before = settings.features.engineParameters;
    return { features: { engineParameters: new Map([...before, ...changes]) } };
  },
});

/** DescribeInstanceConfig: what was set. */
export const describeInstanceConfigAction = createInstanceRead({
  name: 'DescribeInstanceConfig',
  view: ({ settings }) => {
    const { engineParameters } = settings.features;
    const named = NAMED_PARAMETERS.map(([name, standard]) => [
      // The answer has another name for this one than the call (SDK 6.4.0).
      name === 'ParamSemisyncReplTimeout' ? 'ParamReplTimeout' : name,
      engineParameters.get(name) ?? standard,
    ]);
    return { Config: toConfigText(settings), ...Object.fromEntries(named) };
  },
});

/** DescribeParameters: what was set, and the defaults of what was not. */
export const describeParametersAction = createInstanceRead({
  name: 'DescribeParameters',
  idParameter: 'DBInstanceId',
  ignored: ['NodeId', 'RegionId'],
  view: (instance) => {
    const Parameter = listParameters(instance);
    return {
      Engine: 'redis',
      EngineVersion: instance.spec.engineVersion,
      ConfigParameters: { Parameter: [] },
      RunningParameters: { Parameter },
    };
  },
});

/** JSON of plain values, and the parameters that have names of their own; undefined: no such JSON. */
function readChanges(parameters: Parameters): [string, string][] | undefined {
  const named = NAMED_PARAMETERS.flatMap(([name]): [string, string][] => {
    const value = parameters.get(name) ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const listed = parseConfig(parameters.get('Config') ?? '{}');
  return listed === undefined ? undefined : [...listed, ...named];
}

function parseConfig(text: string): [string, string][] | undefined {
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config !== 'object' || config === null || Array.isArray(config)) return undefined;
    return Object.entries(config).map(([name, value]) => [name, String(value)]);
  } catch {
    return undefined;
  }
}

function listParameters({ settings }: Instance): object[] {
  const values = new Map([...ENGINE_DEFAULTS, ...settings.features.engineParameters]);
  return [...values].map(([name, value]) => ({
    ParameterName: name,
    ParameterValue: value,
    // Texts here, booleans in ConfigParameters (SDK 6.4.0).
    ForceRestart: 'false',
    ModifiableStatus: 'true',
    CheckingCode: '',
    ParameterDescription: '',
  }));
}

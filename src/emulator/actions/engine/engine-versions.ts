import type { Instance } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { createRefusal } from '../../refusal';
import { optional, required, withoutEffect } from '../action-parameters';
import { EFFECTIVE_TIME } from '../effective-time';
import { ENGINE_VERSIONS } from '../entry-checks';
import { createInstanceRead } from '../instance-read';
import { createModification } from '../modification';
import { isOneOf } from '../value-rules';

/** The newest minor version; new instances have an older one, so that there is something to upgrade. */
const LATEST_MINOR_VERSION = '1.0.1';

/** DescribeEngineVersion: the version in use and whether there are newer ones. */
export const describeEngineVersionAction = createInstanceRead({
  name: 'DescribeEngineVersion',
  view: ({ spec, settings }) => {
    const { minorVersion, tlsExpiresAtMs, upgradesByItself } = settings.features;
    const isLatest = minorVersion === LATEST_MINOR_VERSION;
    return {
      Engine: 'redis',
      MajorVersion: spec.engineVersion,
      MinorVersion: `redis-${spec.engineVersion}_${minorVersion}`,
      IsLatestVersion: isLatest,
      EnableUpgradeMinorVersion: !isLatest,
      EnableUpgradeMajorVersion: spec.engineVersion !== ENGINE_VERSIONS[spec.family].at(-1),
      IsAutoUpgradeOpen: upgradesByItself ? '1' : '0',
      IsSSLEnable: tlsExpiresAtMs === undefined ? '0' : '1',
      ...{ IsNewSSLMode: '1', IsOpenNGLB: '0', IsRedisCompatibleVersion: '1' },
      ...{ ProxyMinorVersion: '', DBVersionRelease: '', ProxyVersionRelease: '' },
    };
  },
});

/** ModifyInstanceMajorVersion: upwards only. */
export const modifyInstanceMajorVersionAction = createModification({
  name: 'ModifyInstanceMajorVersion',
  parameters: [required('MajorVersion'), EFFECTIVE_TIME],
  busyStatus: 'MajorVersionUpgrading',
  taskType: 'UpgradeMajorVersion',
  change: ({ spec }, { parameters }) => {
    const engineVersion = parameters.get('MajorVersion') ?? '';
    const versions = ENGINE_VERSIONS[spec.family];
    return versions.indexOf(engineVersion) > versions.indexOf(spec.engineVersion)
      ? { spec: { engineVersion } }
      : createRefusal(
          403,
          'IncorrectTargetMajorVersion',
          'The target major version does not support this operation.',
        );
  },
});

/** ModifyInstanceMinorVersion: to the newest one. */
export const modifyInstanceMinorVersionAction = createModification({
  name: 'ModifyInstanceMinorVersion',
  parameters: [withoutEffect(optional('Minorversion', isOneOf('latest_version'))), EFFECTIVE_TIME],
  busyStatus: 'MinorVersionUpgrading',
  taskType: 'UpgradeMinorVersion',
  change: () => ({ features: { minorVersion: LATEST_MINOR_VERSION } }),
});

/** ModifyDBInstanceAutoUpgrade: whether minor versions come by themselves. */
export const modifyDbInstanceAutoUpgradeAction = createModification({
  name: 'ModifyDBInstanceAutoUpgrade',
  idParameter: 'DBInstanceId',
  parameters: [required('Value', isOneOf('0', '1'))],
  busyStatus: 'none',
  change: (_instance, { parameters }) => ({
    features: { upgradesByItself: parameters.get('Value') === '1' },
  }),
});

/** RestartInstance, with or without the newest minor version. */
export const restartInstanceAction = createModification({
  name: 'RestartInstance',
  parameters: [EFFECTIVE_TIME, optional('UpgradeMinorVersion', isOneOf('true', 'false'))],
  busyStatus: 'Rebooting',
  taskType: 'RestartIns',
  change: ({ id, ordinal, settings }: Instance, { parameters }) => ({
    features: {
      minorVersion:
        getParameter(parameters, 'UpgradeMinorVersion') === 'true'
          ? LATEST_MINOR_VERSION
          : settings.features.minorVersion,
    },
    body: { InstanceId: id, TaskId: String(ordinal) },
  }),
});

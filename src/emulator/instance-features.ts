/** A name in the account list of an instance. Its password is kept nowhere. */
export interface InstanceAccount {
  readonly privilege: string;
  readonly description: string;
}

/** An address of an instance: what comes before the domain, and the port. */
export interface Endpoint {
  /** Empty: the instance's id. */
  readonly prefix: string;
  readonly port: number;
}

/** When and how backups are made. */
export interface BackupPolicy {
  /** Days of the week, joined by commas. */
  readonly period: string;
  /** An hour, `05:00Z-06:00Z`. */
  readonly time: string;
  readonly retentionDays: number;
  readonly isLogKept: boolean;
}

/** The features of an instance that operations of their own switch. Immutable. */
export interface InstanceFeatures {
  readonly securityGroupIds: readonly string[];
  /** The end of the certificate's life in milliseconds; undefined: TLS is off. */
  readonly tlsExpiresAtMs: number | undefined;
  /** The key that encrypts its data; undefined: it is not encrypted. */
  readonly encryption: Encryption | undefined;
  readonly vpcAuthMode: 'Open' | 'Close';
  /** `HH:mmZ` each. */
  readonly maintenance: { readonly start: string; readonly end: string };
  readonly backupPolicy: BackupPolicy;
  /** Months by which the paid time is prolonged by itself; 0: it is not. */
  readonly autoRenewalMonths: number;
  readonly upgradesByItself: boolean;
  readonly minorVersion: string;
  /** MB/s in all; 0: what the class has. */
  readonly bandwidthMb: number;
  readonly endpoint: Endpoint;
  readonly publicEndpoint: Endpoint | undefined;
  /** Empty: one is given by the emulator. */
  readonly privateIp: string;
  /** Engine parameters that were set, name → value. */
  readonly engineParameters: ReadonlyMap<string, string>;
  /** Accounts besides the one that is named like the instance. */
  readonly accounts: ReadonlyMap<string, InstanceAccount>;
}

/** Transparent data encryption, as it was switched on. */
export interface Encryption {
  /** Empty: a key of the service. */
  readonly key: string;
  readonly name: string;
  readonly roleArn: string;
}

/** 1024 to 65535, 6379 unless told otherwise (CreateInstance, SDK 6.4.0). */
export const DEFAULT_PORT = 6379;

/** How every new instance is (SDK 6.4.0: samples and defaults of the operations). */
export const DEFAULT_FEATURES: InstanceFeatures = {
  securityGroupIds: [],
  tlsExpiresAtMs: undefined,
  encryption: undefined,
  vpcAuthMode: 'Open',
  maintenance: { start: '18:00Z', end: '22:00Z' },
  backupPolicy: {
    period: 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday',
    time: '18:00Z-19:00Z',
    retentionDays: 7,
    isLogKept: false,
  },
  autoRenewalMonths: 0,
  upgradesByItself: true,
  minorVersion: '1.0.0',
  bandwidthMb: 0,
  endpoint: { prefix: '', port: DEFAULT_PORT },
  publicEndpoint: undefined,
  privateIp: '',
  engineParameters: new Map(),
  accounts: new Map(),
};

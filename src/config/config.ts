import type { SettleSettings } from '../domain/settle-time';
import type { Tuning } from '../domain/frozen-plan';

/**
 * The checked configuration of a process: one frozen object, made once at the start. Defaults and
 * their reasons stand in `defaults.ts`, bounds in `config-schema.ts`. It never holds a secret, only
 * the names of the environment variables that do.
 */
export interface Config {
  /**
   * Tells this installation from others on the same cloud account. Permanent: it is a part of every
   * token and name (rule R11).
   */
  readonly installationId: string;
  /** Cloud accounts by the name that requests use. Names are permanent too (rule R11). */
  readonly accounts: Readonly<Record<string, AccountConfig>>;
  /** Account of a request that names none; a single account is the default by itself. */
  readonly defaultAccount?: string;
  readonly cloud: CloudConfig;
  /** Parts of the settle time; shorter ones only against loopback (rule R13). */
  readonly safety: SafetyConfig;
  /** `always`: no first send counts as proven, for the time after a restore of Temporal's database. */
  readonly lookUpBeforeCreate: 'auto' | 'always';
  /** Sizes for new batches; a batch keeps those it started with (rule R11). */
  readonly plan: { readonly chunkSlots: number; readonly shardSlots: number };
  readonly tuning: Tuning;
  readonly readiness: ReadinessConfig;
  readonly guards: GuardsConfig;
  readonly results: {
    /** Where result documents are kept; relative to the working directory. */
    readonly folder: string;
  };
  readonly webhooks: {
    /** Networks that are not public and whose receivers may be told, as CIDR. */
    readonly privateNetworks: readonly string[];
    /** Longest time for one try. */
    readonly timeoutMs: number;
  };
  /** What requests may refer to; everything else of the worker stays closed to them. */
  readonly secrets: {
    /** Beginnings of the names of environment variables. */
    readonly envPrefixes: readonly string[];
    /** Folders whose files, at any depth, may be read. */
    readonly folders: readonly string[];
    /**
     * Which of them each tenant may refer to; `*` stands for every tenant without an entry. Empty: the
     * tenant `default` to all, any other to none. Only the file can set it.
     */
    readonly byTenant: Readonly<Record<string, readonly string[]>>;
  };
  readonly worker: WorkerConfig;
  readonly health: HealthConfig;
  readonly metrics: MetricsConfig;
  readonly server: ServerConfig;
  readonly log: { readonly level: 'error' | 'warn' | 'info' | 'debug' };
}

/** Parts of the settle time, and when to look for what came in spite of it. */
export interface SafetyConfig extends SettleSettings {
  /** Durations after the end of a batch, such as `1h`; none, or `never` alone: no sweep follows. */
  readonly sweepAfter: readonly string[];
}

/** Where an account's keys come from, and where its calls go. */
export interface AccountConfig {
  /** Names of environment variables, never their values. */
  readonly accessKeyIdEnv: string;
  readonly accessKeySecretEnv: string;
  readonly securityTokenEnv?: string;
  /** `chain`: the cloud's own search for keys (files, roles); the names above are not used. */
  readonly credentials: 'env' | 'chain';
  /** For all regions instead of the cloud's own endpoints. */
  readonly endpoint?: string;
  /** By region; goes before every other endpoint. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** How the cloud is called. */
export interface CloudConfig {
  /** Stands in for the `endpoint` of every account, such as an emulator's URL. */
  readonly endpoint?: string;
  /** Whether plain HTTP may leave this host. */
  readonly allowPlainHttp: boolean;
  /** Longest wait for the answer to a create call. */
  readonly callTimeoutMs: number;
  /** Calls a second of one account, region and action: at the start, and at most. */
  readonly ratePerSecond: { readonly start: number; readonly max: number };
  /** Whether a found instance must have the ordered class to count as ours (rule R8). */
  readonly compareClass: boolean;
}

/** How instances are awaited. */
export interface ReadinessConfig {
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  /** Longest stay of one attempt, so that a deploy can move it. */
  readonly windowMs: number;
  /** How long a new id may be absent from the cloud's list. */
  readonly absentToleratedMs: number;
}

/** What this installation lets anybody order. */
export interface GuardsConfig {
  readonly slotsPerBatchMax: number;
  readonly prepaidAllowed: boolean;
  /**
   * Accounts that a tenant may order from; `*` stands for every tenant without an entry. Empty:
   * every tenant may use every account. Only the file can set it.
   */
  readonly accountsByTenant: Readonly<Record<string, readonly string[]>>;
  /**
   * Instances that a tenant may have at once, by its results and its running batches; `*` stands for
   * every tenant without an entry. Empty: any number. Only the file can set it.
   */
  readonly instancesMaxByTenant: Readonly<Record<string, number>>;
  /**
   * What the instances of a tenant may cost at once, by the same count; `*` as above. Empty: anything.
   * Only the file can set it.
   */
  readonly spendMaxByTenant: Readonly<Record<string, SpendMaxConfig>>;
}

/** Amounts such as `40.00 CNY`. */
export interface SpendMaxConfig {
  /** All PostPaid instances together, by the hour. */
  readonly perHour?: string;
  /** All PrePaid instances together, each with the whole period that was paid for it. */
  readonly prepaid?: string;
  /** What an instance counts with whose batch was let in before there was a cap. */
  readonly assumedPerHour?: string;
  readonly assumedPrepaid?: string;
}

/** Limits of the worker's process. */
export interface WorkerConfig {
  /** How long activities may go on after a stop, before they are cancelled. */
  readonly shutdownGraceMs: number;
  /** How long a stop may take at all. */
  readonly shutdownForceMs: number;
  readonly maxCachedWorkflows: number;
  /** Activities at once: creates and look-ups. */
  readonly cloudSlots: number;
  /** Activities at once: waits for readiness. */
  readonly waitSlots: number;
  /** Activities at once: all others. */
  readonly mainSlots: number;
}

/** Where worker and API say over HTTP whether they are well: `/healthz` and `/readyz`. */
export interface HealthConfig {
  /** 0: nowhere. */
  readonly port: number;
  readonly host: string;
}

/** Where worker and API show `/metrics` to Prometheus. It asks nobody for a password. */
export interface MetricsConfig {
  /** 0: nowhere. Each process of a host needs one of its own. */
  readonly port: number;
  /** An IP address. */
  readonly host: string;
}

/** The HTTP API: where it listens, who is let in, and how much. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** `none` lets everybody in as an administrator, and only on a loopback address. */
  readonly authentication: 'required' | 'none';
  /** File with the hashes of API keys. */
  readonly keysFile?: string;
  /** Tokens of somebody else who knows our users. */
  readonly jwt: {
    /** Where the public keys of the tokens are. */
    readonly jwksUrl?: string;
    readonly issuer?: string;
    readonly audience?: string;
    /** Claims with the role and the tenants. */
    readonly roleClaim: string;
    readonly tenantsClaim: string;
  };
  /** Requests of one subject, or of one address without a subject. */
  readonly requestsPerMinute: number;
  readonly bodyBytesMax: number;
  /** Longest time in which a request must have arrived. */
  readonly requestTimeoutMs: number;
  /** Streams of events that are open at once. */
  readonly streamsMax: number;
  /** How long open requests may go on after a stop. */
  readonly shutdownGraceMs: number;
}

import type { ChargeType, Engine, InstanceSpec } from './batch-request';

/**
 * What a preflight asks the cloud, and what it learns. Questions and answers name places and offers and
 * know nothing of batches, so that they serve whoever wants to know a price or the addresses that are left.
 */

/** What is asked: each question once, however many slots hang on it. */
export interface PreflightQuestions {
  readonly regions: readonly RegionQuestion[];
  /** Which offers are on sale. */
  readonly sales: readonly Offer[];
  readonly networks: readonly NetworkQuestion[];
  /** What one instance of each offer costs. */
  readonly prices: readonly Offer[];
  readonly names: readonly NameQuestion[];
  /** Absent in the questions of an older version. */
  readonly sources?: readonly SourceQuestion[];
}

/** Which zones a region has. */
export interface RegionQuestion {
  readonly region: string;
}

/** One kind of instance in one zone: what is on sale or not, and has a price. */
export interface Offer {
  readonly region: string;
  readonly zone: string;
  readonly engine: Engine;
  readonly engineVersion: string;
  readonly chargeType: ChargeType;
  /** Months of a PrePaid order; null for PostPaid. */
  readonly periodMonths: number | null;
  readonly nodeType: InstanceSpec['nodeType'];
  /** Null when a capacity is asked for instead. */
  readonly instanceClass: string | null;
  readonly capacityMb: number | null;
}

/** A VPC, and those of its vSwitches that matter. */
export interface NetworkQuestion {
  readonly region: string;
  readonly vpcId: string;
  readonly vSwitchIds: readonly string[];
}

/** How many instances bear a part of a name. */
export interface NameQuestion {
  readonly region: string;
  readonly engine: Engine;
  readonly nameTag: string;
}

/** An instance whose data a group begins with. */
export interface SourceQuestion {
  readonly region: string;
  readonly engine: Engine;
  readonly sourceInstanceId: string;
  /** Null for a rebuild. */
  readonly backupId: string | null;
}

/** Why something is not known: a permission is missing, the service did not answer, and the like. */
export interface Unknown {
  readonly kind: 'unknown';
  /** Stable: the service's code, or one of ours. */
  readonly code: string;
  readonly message: string;
}

/** A fact, or why it is not known. A preflight never fails for what it could not learn. */
export type Fact<Value> = { readonly kind: 'known'; readonly value: Value } | Unknown;

/** A question with its answer. */
export interface Answered<Question, Value> {
  readonly question: Question;
  readonly fact: Fact<Value>;
}

/** One zone of a region. */
export interface ZoneFact {
  readonly zone: string;
  /** Whether it takes new instances. */
  readonly isOpen: boolean;
}

/** What a zone sells of an offer. */
export interface SaleFact {
  /** Engine versions that its class or capacity is sold with; empty: it is not on sale there. */
  readonly engineVersions: readonly string[];
  /** What its class holds; null when nobody says. */
  readonly capacityMb?: number | null;
  /** Whether the zone listed anything at all: an empty list proves nothing. */
  readonly isAnythingListed: boolean;
}

/** A VPC as the preflight sees it. */
export interface VpcFact {
  readonly vpcId: string;
  /** Raw `Status`; `Available` when it can be used. */
  readonly status: string;
}

/** A vSwitch as the preflight sees it. */
export interface VSwitchFact {
  readonly vSwitchId: string;
  readonly zone: string;
  readonly status: string;
  /** Addresses that are left; null when the service does not say. */
  readonly freeIps: number | null;
}

/** A network; its two halves need permissions of their own. */
export interface NetworkFacts {
  readonly question: NetworkQuestion;
  /** Null: the region has no such VPC. */
  readonly vpc: Fact<VpcFact | null>;
  /** Those asked for that the VPC has. */
  readonly vSwitches: Fact<readonly VSwitchFact[]>;
}

/**
 * What one instance costs: an hour of PostPaid, or the whole period of PrePaid. That it is an hour is no
 * documented fact (docs/cli.md, preflight).
 */
export interface PriceFact {
  /** Decimal number such as `0.1625`, after discounts. */
  readonly amount: string;
  /** Such as `CNY`. */
  readonly currency: string;
}

/** A living instance whose data is wanted. */
export interface SourceFact {
  /** Raw `InstanceStatus`. */
  readonly status: string;
  readonly capacityMb: number | null;
}

/** A backup set. */
export interface BackupFact {
  /** Raw `BackupStatus`; `Success` when it can be restored. */
  readonly status: string;
  /** As it is kept; null when nobody says. */
  readonly sizeBytes: number | null;
}

/** What is known of a source; its two halves are calls of their own. */
export interface SourceFacts {
  readonly question: SourceQuestion;
  /** Null: it is not among the living instances of the region. */
  readonly instance: Fact<SourceFact | null>;
  /** Null: it has no such set; undefined: nobody asked. */
  readonly backup?: Fact<BackupFact | null>;
}

/** Everything that was learned, in the order of the questions. */
export interface PreflightFacts {
  readonly zones: readonly Answered<RegionQuestion, readonly ZoneFact[]>[];
  readonly sales: readonly Answered<Offer, SaleFact>[];
  readonly networks: readonly NetworkFacts[];
  readonly prices: readonly Answered<Offer, PriceFact>[];
  readonly names: readonly Answered<NameQuestion, number>[];
  /** Absent when a worker of an older version answered. */
  readonly sources?: readonly SourceFacts[];
}

import type { Engine } from '../domain/batch-request';
import type {
  BackupFact,
  Offer,
  PriceFact,
  VpcFact,
  VSwitchFact,
  ZoneFact,
} from '../domain/preflight-facts';
import type { Answer, CallTarget } from './port';

/**
 * The calls that look around before an order. They change nothing, and are a port of their own, so that
 * nothing in a batch's life comes to hang on them.
 */
export interface PreflightPort {
  /** Zones of the region (`DescribeZones`). */
  listZones(target: CallTarget): Promise<Answer<readonly ZoneFact[]>>;
  /** What a zone sells of the classic edition (`DescribeAvailableResource`); it tells nothing of stock. */
  listGoods(query: GoodsQuery): Promise<Answer<readonly Good[]>>;
  /** What one instance of an offer costs (`DescribePrice`). */
  readPrice(query: PriceQuery): Promise<Answer<PriceFact>>;
  /** A backup set of an instance, or null when it has none of this id (`DescribeBackups`). */
  findBackup(query: BackupQuery): Promise<Answer<BackupFact | null>>;
  /** The VPC, or null when the region has none of this id (`DescribeVpcs`). */
  findVpc(query: VpcQuery): Promise<Answer<VpcFact | null>>;
  /** All vSwitches of a VPC, over all pages (`DescribeVSwitches`). */
  listVSwitches(query: VpcQuery): Promise<Answer<readonly VSwitchFact[]>>;
}

/** What a zone sells for one way of paying. */
export interface GoodsQuery extends CallTarget {
  readonly zone: string;
  readonly engine: Engine;
  readonly chargeType: Offer['chargeType'];
}

/** One class in one engine version. */
export interface Good {
  readonly instanceClass: string;
  /** Null when the service does not say. */
  readonly capacityMb: number | null;
  readonly engineVersion: string;
}

/** An offer to be priced. */
export interface PriceQuery extends CallTarget {
  readonly offer: Offer;
}

/** A backup set by its id. */
export interface BackupQuery extends CallTarget {
  readonly sourceInstanceId: string;
  readonly backupId: string;
}

/** A VPC by its id. */
export interface VpcQuery extends CallTarget {
  readonly vpcId: string;
}

/** Bounds of a request: the official page's where it names one, else ours with a reason. */
export const LIMITS = {
  /** Instances of one call (CreateInstances page, 2025-03-27). */
  chunkSlotsMax: 300,
  /** Characters of an instance name (CreateInstances page, 2025-03-27). */
  nameLengthMax: 80,
  /** Slots of one batch: ten times the largest batch that was ever measured. */
  slotsMax: 10_000_000,
  /** Groups of one batch; each adds to what every continue-as-new carries. */
  groupsMax: 500,
  /** Ranked placements of one group; a region has fewer zones. */
  placementsMax: 50,
  /** Purchases of one slot beyond the first: each leaves a failed instance behind. */
  replacementsMax: 5,
  notificationsMax: 20,
  /** Leaves room for `-<10 characters>-s000c000` within a name. */
  groupNameLengthMax: 30,
  /** Two of them and a prefix fit Temporal's 255 characters for a searchable workflow id. */
  idLengthMax: 100,
  /** Any other text: ids of cloud resources, classes, coupon codes. */
  textLengthMax: 255,
  /** 16 TB, far above the largest class, so that only a mistyped unit is refused. */
  capacityMaxMb: 16 * 1024 * 1024,
  /** Characters of a checked request as JSON: a quarter of what Temporal warns about for one payload. */
  requestLengthMax: 128 * 1024,
  /** Addresses and blocks of one whitelist (ModifySecurityIps page, 2024-07-30). */
  securityIpsMax: 1_000,
  /** Of the 20 that one resource can have (TagResources page, 2024-07-30), three are ours. */
  tagsMax: 17,
  /** Characters of a key and of a value (EMR Tag page, 2025-09-08; the same for all products). */
  tagLengthMax: 128,
  /** Engine parameters of one group: the service has about as many. */
  parametersMax: 100,
  /** Shortest maintenance window (ModifyInstanceMaintainTime page, 2025-03-25). */
  maintenanceMinMinutes: 60,
  /** Schedules of one file: a few hundred more would make it a program. */
  schedulesMax: 200,
  /** Leaves room for `-2026-11-24T01:00:00Z` within a batch id. */
  scheduleNameLengthMax: 79,
  /** Lines of cron, and calendars, of one schedule. */
  timesMax: 50,
  firingsMax: 1_000_000,
  /** The server takes less for so much (Temporal 1.32.0). */
  catchUpMinMs: 10_000,
  jitterMaxMs: 24 * 3_600_000,
  durationMinMs: 1_000,
  readyDeadlineMaxMs: 7 * 24 * 3_600_000,
  deadlineMaxMs: 365 * 24 * 3_600_000,
} as const;

/** Months for which an instance can be ordered (CreateInstances page, 2025-03-27). */
export const PERIODS_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36, 60] as const;

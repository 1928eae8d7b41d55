/** One backup set. */
export interface Backup {
  /** A number in DescribeBackups, the same as text where it is restored. */
  readonly id: number;
  readonly jobId: number;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  /** Bytes. */
  readonly size: number;
}

/** Sizes and ids are made up: instances hold no data. */
const SIZE_BYTES = 1_048_576;
const FIRST_BACKUP_ID = 100_000_000;
const FIRST_JOB_ID = 500_000_000;

/** The backup sets of all instances; they outlive their instance, as a restore needs. */
export class BackupBook {
  private readonly byInstance = new Map<string, Backup[]>();
  private count = 0;

  /** Begins a backup. */
  add(instanceId: string, startedAtMs: number, endsAtMs: number): Backup {
    this.count += 1;
    const backup = {
      ...{ id: FIRST_BACKUP_ID + this.count, jobId: FIRST_JOB_ID + this.count },
      ...{ startedAtMs, endsAtMs, size: SIZE_BYTES },
    };
    this.byInstance.set(instanceId, [...this.list(instanceId), backup]);
    return backup;
  }

  /** The backup sets of an instance, oldest first. */
  list(instanceId: string): readonly Backup[] {
    return this.byInstance.get(instanceId) ?? [];
  }

  /** A backup set that is complete at a moment. */
  findComplete(instanceId: string, backupId: string, nowMs: number): Backup | undefined {
    return this.list(instanceId).find(
      ({ id, endsAtMs }) => String(id) === backupId && nowMs >= endsAtMs,
    );
  }
}

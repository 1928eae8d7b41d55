import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type {
  RecordReleaseAnswer,
  ReleaseBatchInput,
  ReleaseReport,
  ReleaseSliceAnswer,
} from '../contract/operation-types';
import { operationActivities, operationCloudActivities } from './operation-activities';
import { RunTally } from './run-tally';

/** Instances of one activity: some minutes at ten deletes a second, and few events for a large batch. */
const SLICE_INSTANCES = 500;
/** Kept instances that the report names. */
const KEPT_ROWS_MAX = 100;

type Slices = Omit<ReleaseSliceAnswer, 'calls'>;

/** Releases what a result lists, part by part, and writes the revision that says so. */
export class ReleaseRun {
  private readonly tally = new RunTally();
  private done: Slices = { released: 0, gone: 0, kept: 0, keptRows: [] };

  /**
   * @param input - the result as it was confirmed, and who releases it
   * @param instances - how many it lists
   */
  constructor(
    private readonly input: ReleaseBatchInput,
    private readonly instances: number,
  ) {}

  /** Releases part by part; true when it was called off. */
  async run(): Promise<boolean> {
    try {
      for (let from = 0; from < this.instances; from += SLICE_INSTANCES) {
        this.show(from);
        await this.releaseSlice(from);
      }
      return false;
    } catch (error) {
      if (isCancellation(error)) return true;
      throw error;
    }
  }

  /** Writes down what was released until now. */
  async record(isCancelled: boolean): Promise<RecordReleaseAnswer> {
    const { tenant, batchId, generation, revision, ...note } = this.input;
    const { apiCalls: calls } = this.tally.toSums();
    const recorded = await operationActivities('write the revision of the result').recordRelease({
      ...{ tenant, batchId, generation, revision },
      ...note,
      isCancelled,
      calls,
    });
    this.show(this.instances);
    return recorded;
  }

  toReport(isCancelled: boolean, { document, location }: RecordReleaseAnswer): ReleaseReport {
    const { tenant, batchId } = this.input;
    const { revision, counts } = document;
    return { tenant, batchId, ...this.done, isCancelled, revision, location, counts };
  }

  private async releaseSlice(from: number): Promise<void> {
    const { tenant, batchId, generation, revision } = this.input;
    const count = Math.min(SLICE_INSTANCES, this.instances - from);
    const summary = `release instances ${from + 1} to ${from + count} of ${this.instances}`;
    const answer = await operationCloudActivities(summary).releaseSlice({
      ...{ tenant, batchId, generation, revision },
      ...{ from, count },
    });
    this.tally.add(answer);
    const { released, gone, kept, keptRows } = this.done;
    this.done = {
      released: released + answer.released,
      gone: gone + answer.gone,
      kept: kept + answer.kept,
      keptRows: [...keptRows, ...answer.keptRows].slice(0, KEPT_ROWS_MAX),
    };
  }

  private show(looked: number): void {
    const { released, gone, kept } = this.done;
    setCurrentDetails(
      `**Releasing**: looked at ${looked} of ${this.instances} instances; ${released} released, ` +
        `${gone} were gone already, ${kept} kept. A cancel stops it between two parts.`,
    );
  }
}

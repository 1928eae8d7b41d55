import type { Answer, CloudPort, DescribeQuery, SeenInstance } from '../cloud/port';
import type { CallCounter } from './call-counter';

/** Ids of one look (DescribeInstances page, 2025). */
const LOOK_IDS_MAX = 30;

/** What is asked for in one moment. */
interface Pack {
  readonly ids: string[];
  readonly answer: Promise<Answer<readonly SeenInstance[]>>;
}

/** Looks for single instances; those that are asked for in the same moment share a call. */
export class PackedLooks {
  private open: Pack | null = null;

  constructor(
    private readonly cloud: Pick<CloudPort, 'describeInstances'>,
    private readonly query: Omit<DescribeQuery, 'ids'>,
    private readonly calls: CallCounter,
  ) {}

  /** The instance, or null when it is not listed; its calls are counted already. */
  async look(id: string, signal: AbortSignal): Promise<Answer<SeenInstance | null>> {
    this.open ??= this.begin(signal);
    const { ids, answer } = this.open;
    ids.push(id);
    if (ids.length === LOOK_IDS_MAX) this.open = null;
    const look = await answer;
    if (look.kind === 'failed') return { ...look, calls: 0 };
    return { ...look, calls: 0, value: look.value.find((seen) => seen.id === id) ?? null };
  }

  private begin(signal: AbortSignal): Pack {
    const ids: string[] = [];
    return { ids, answer: Promise.resolve().then(() => this.send(ids, signal)) };
  }

  private async send(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer<readonly SeenInstance[]>> {
    if (this.open?.ids === ids) this.open = null;
    const answer = await this.cloud.describeInstances({ ...this.query, ids, signal });
    this.calls.add('DescribeInstances', answer.calls);
    return answer;
  }
}

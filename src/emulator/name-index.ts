/** Unsorted entries are merged when they outnumber this, or an eighth of the sorted ones. */
const PENDING_MAX = 1_000;

/**
 * Finds the names that contain a text, fast for the texts that matter: those with a `-` in them.
 *
 * Wherever such a text occurs in a name, the part after its first `-` also follows a `-` in the
 * name. So it is enough to keep, sorted, what follows each `-` of each name, and to look up one
 * prefix. Texts without a `-` cost a scan over the distinct names.
 */
export class NameIndex {
  private readonly names = new Set<string>();
  private tails: Tail[] = [];
  private pending: Tail[] = [];

  /** Adds a name; adding it again changes nothing. */
  add(name: string): void {
    if (this.names.has(name)) return;
    this.names.add(name);
    for (let dash = name.indexOf('-'); dash !== -1; dash = name.indexOf('-', dash + 1)) {
      this.pending.push({ text: name.slice(dash + 1), name });
    }
  }

  /** All names that contain `text`, in no order. */
  find(text: string): string[] {
    const dash = text.indexOf('-');
    const tail = dash === -1 ? '' : text.slice(dash + 1);
    const candidates = tail === '' ? this.names : this.findByTail(tail);
    const found: string[] = [];
    for (const name of candidates) if (name.includes(text)) found.push(name);
    return found;
  }

  private findByTail(prefix: string): Set<string> {
    this.mergePending();
    const found = new Set<string>();
    for (let i = this.firstAtOrAfter(prefix); i < this.tails.length; i += 1) {
      const tail = this.tails[i];
      if (tail === undefined || !tail.text.startsWith(prefix)) break;
      found.add(tail.name);
    }
    for (const tail of this.pending) if (tail.text.startsWith(prefix)) found.add(tail.name);
    return found;
  }

  private mergePending(): void {
    if (this.pending.length <= Math.max(PENDING_MAX, this.tails.length / 8)) return;
    this.tails = this.tails.concat(this.pending).sort(compareTails);
    this.pending = [];
  }

  private firstAtOrAfter(prefix: string): number {
    let low = 0;
    let high = this.tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.tails[middle]?.text ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Tail {
  readonly text: string;
  readonly name: string;
}

function compareTails(a: Tail, b: Tail): number {
  if (a.text === b.text) return 0;
  return a.text < b.text ? -1 : 1;
}

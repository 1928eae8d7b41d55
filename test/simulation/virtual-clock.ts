interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

/** Virtual time: tasks run in the order of their times, and of their making where those are equal. */
export class VirtualClock {
  nowMs = 0;
  private readonly tasks: Task[] = [];

  after(delayMs: number, run: () => void): void {
    this.at(this.nowMs + delayMs, run);
  }

  at(atMs: number, run: () => void): void {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.tasks[middle]!.atMs > atMs) low = middle + 1;
      else high = middle;
    }
    this.tasks.splice(low, 0, { atMs: Math.max(atMs, this.nowMs), run });
  }

  /** Runs until nothing is left to do, `isOver` says so, or the time is up. */
  runUntil(endMs: number, isOver: () => boolean): void {
    for (let task = this.tasks.pop(); task !== undefined; task = this.tasks.pop()) {
      if (task.atMs > endMs) return;
      this.nowMs = task.atMs;
      task.run();
      if (isOver()) return;
    }
  }
}

/** What one jest run holds from its global setup to its global teardown. */
export interface RunResources {
  /** Undone in reverse order. */
  readonly releases: (() => Promise<void> | void)[];
}

const holder = globalThis as { tairfleetRunResources?: RunResources };

/** The resources of this run; jest loads setup and teardown as separate modules. */
export function getRunResources(): RunResources {
  holder.tairfleetRunResources ??= { releases: [] };
  return holder.tairfleetRunResources;
}

/** Gives everything back, the last one first. */
export async function releaseRunResources(): Promise<void> {
  const { releases } = getRunResources();
  while (releases.length > 0) await releases.pop()?.();
}

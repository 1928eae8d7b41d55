/** A part of the configuration from one source: defaults, file or environment. */
export type Layer = Readonly<Record<string, unknown>>;

/** Whether a value is an object whose keys are merged one by one. */
export function isLayer(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Lays one layer over another, key by key. Accounts are replaced as a whole: an account of the
 * defaults beside those that somebody listed would be one that nobody asked for.
 */
export function mergeLayers(lower: Layer, upper: Layer): Layer {
  const merged = Object.entries(upper).map(([key, value]) => {
    const below = Object.hasOwn(lower, key) ? lower[key] : undefined;
    const isMerged = key !== 'accounts' && isLayer(below) && isLayer(value);
    return [key, isMerged ? mergeLayers(below, value) : value] as const;
  });
  return Object.fromEntries([...Object.entries(lower), ...merged]);
}

/** The value at a path, undefined when there is none. */
export function readAt(layer: Layer, path: readonly PropertyKey[]): unknown {
  let value: unknown = layer;
  for (const key of path) {
    if (!isLayer(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[String(key)];
  }
  return value;
}

/** A layer with one value. */
export function createLayer(path: readonly string[], value: unknown): Layer {
  const [key, ...rest] = path;
  if (key === undefined) return {};
  return { [key]: rest.length === 0 ? value : createLayer(rest, value) };
}

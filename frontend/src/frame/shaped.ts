/**
 * What a browser kept, forced into the shape of a model: a part of another type is the model's own.
 * The first element of a list of the model is the pattern of all.
 */
export function shaped<Model>(model: Model, found: unknown): Model {
  if (Array.isArray(model)) {
    if (!Array.isArray(found)) return model;
    const [pattern] = model as unknown[];
    return found.map((entry) => shaped(pattern, entry)) as Model;
  }
  if (typeof model === 'object' && model !== null) {
    const raw = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
    return Object.fromEntries(
      Object.entries(model).map(([name, value]) => [name, shaped(value, raw[name])]),
    ) as Model;
  }
  return typeof found === typeof model ? (found as Model) : model;
}

/** The codec of a store whose value has one shape; a text that is not JSON gives the empty value. */
export function codec<Value>(empty: Value, pattern: Value) {
  return {
    empty,
    parse: (raw: string): Value => {
      try {
        const found: unknown = JSON.parse(raw);
        return typeof found === 'object' && found !== null ? shaped(pattern, found) : empty;
      } catch {
        return empty;
      }
    },
  };
}

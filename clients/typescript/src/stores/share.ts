/**
 * The newer of two values, made of the older one's parts wherever they are equal: what has not
 * changed stays the same object, so that a page draws only what has.
 */
export function share<Value>(older: unknown, newer: Value): Value {
  if (Object.is(older, newer)) return newer;
  if (Array.isArray(older) && Array.isArray(newer)) return shareList(older, newer) as Value;
  if (!isObject(older) || !isObject(newer)) return newer;
  const keys = Object.keys(newer);
  let isEqual = keys.length === Object.keys(older).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = share(older[key], newer[key]);
    isEqual &&= key in older && Object.is(shared[key], older[key]);
  }
  return (isEqual ? older : shared) as Value;
}

/** Items with identifiers are compared with themselves, wherever they stand now. */
function shareList(older: readonly unknown[], newer: readonly unknown[]): readonly unknown[] {
  const byIdentifier = new Map<unknown, unknown>();
  for (const item of older) if (isObject(item) && "id" in item) byIdentifier.set(item["id"], item);
  const shared = newer.map((item, index) =>
    share(isObject(item) && "id" in item ? byIdentifier.get(item["id"]) : older[index], item));
  const isEqual = older.length === newer.length
    && shared.every((item, index) => Object.is(item, older[index]));
  return isEqual ? older : shared;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any JSON value. Numbers are JavaScript's own: exact up to 2^53. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

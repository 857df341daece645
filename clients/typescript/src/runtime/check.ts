/** What is wrong with a value, where, and what would be right; worded as the service does. */
export interface Fault {
  /** Where it stands below the checked value, such as `.guest_filter.tags[1]`. */
  readonly path: string;
  /** One word for programs: `required`, `wrong_type`, `bad_format` and the like. */
  readonly reason: string;
  readonly message: string;
}

/**
 * Says what is wrong with a value, or nothing. Checked is what no version of the service would
 * take: kinds of values, members that must be there, and the form of identifiers and spans. Bounds
 * and words may widen, so the service judges them.
 */
export type Check = (value: unknown) => Fault | undefined;

type Checks = Readonly<Record<string, Check>>;

/** The service's own bound of nesting, less what a request is wrapped in. Also ends cycles. */
const deepest = 62;
/** In unicode mode only a surrogate without its partner is one. No answer could carry it. */
const loneSurrogate = /\p{Surrogate}/u;

function found(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function wrongType(expected: string, value: unknown): Fault {
  return { path: "", reason: "wrong_type", message: `expected ${expected}; found ${found(value)}` };
}

/** A plain key stands behind a point, any other in brackets and quotes. */
function member(key: string): string {
  return /^[A-Za-z0-9_$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function under(step: string, fault: Fault): Fault {
  return { ...fault, path: step + fault.path };
}

/** Maps, dates and the like have no JSON of their own and would become `{}` or a text unnoticed. */
function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function json(value: unknown, depth: number): Fault | undefined {
  switch (typeof value) {
    case "boolean":
      return undefined;
    case "string":
      return text(value);
    case "number":
      return number(value);
    default:
      break;
  }
  if (value === null) return undefined;
  if (depth > deepest) {
    return { path: "", reason: "too_deep", message: `expected at most ${deepest} levels` };
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const fault = json(value[index], depth + 1);
      if (fault) return under(`[${index}]`, fault);
    }
    return undefined;
  }
  if (!isObject(value)) return wrongType("a JSON value", value);
  for (const key in value) {
    const each = value[key];
    const fault = each === undefined ? undefined : (text(key) ?? json(each, depth + 1));
    if (fault) return under(member(key), fault);
  }
  return undefined;
}

/** Any JSON value. */
export const any: Check = (value) => json(value, 0);

export const text: Check = (value) => {
  if (typeof value !== "string") return wrongType("a text", value);
  if (!loneSurrogate.test(value)) return undefined;
  return { path: "", reason: "syntax", message: "expected text; found half a surrogate pair" };
};

export const boolean: Check = (value) =>
  typeof value === "boolean" ? undefined : wrongType("true or false", value);

export const number: Check = (value) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : wrongType("a number", value);

/** A text, a number or a truth value. */
export const scalar: Check = (value) => {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return number(value);
    case "boolean":
      return undefined;
    default:
      return wrongType("a text, a number or a boolean", value);
  }
};

export const integer: Check = (value) => {
  if (typeof value !== "number") return wrongType("a whole number", value);
  if (Number.isSafeInteger(value)) return undefined;
  // Beyond 2^53 a number may have lost digits before it came here.
  const reason = Number.isInteger(value) ? "out_of_range" : "not_an_integer";
  return { path: "", reason, message: `expected a whole number below 2^53; found ${value}` };
};

/** One fixed text. */
export function constant(expected: string): Check {
  return (value) => {
    if (typeof value !== "string") return wrongType("a text", value);
    if (value === expected) return undefined;
    return { path: "", reason: "not_one_of", message: `expected "${expected}"` };
  };
}

/** A text of a certain form. */
export function matching(pattern: RegExp): Check {
  return (value) => {
    if (typeof value !== "string") return wrongType("a text", value);
    if (pattern.test(value)) return undefined;
    const message = `expected text of the form ${pattern.source}`;
    return { path: "", reason: "bad_format", message };
  };
}

export function nullable(inner: Check): Check {
  return (value) => (value === null ? undefined : inner(value));
}

export function list(inner: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return wrongType("a list", value);
    for (let index = 0; index < value.length; index += 1) {
      const fault = inner(value[index]);
      if (fault) return under(`[${index}]`, fault);
    }
    return undefined;
  };
}

export function map(inner: Check): Check {
  return (value) => {
    if (!isObject(value)) return wrongType("an object", value);
    for (const key in value) {
      const each = value[key];
      const fault = each === undefined ? undefined : (text(key) ?? inner(each));
      if (fault) return under(member(key), fault);
    }
    return undefined;
  };
}

/** Members that nobody named pass if they are JSON: they belong to a newer service. */
export function object(required: Checks, optional: Checks): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return wrongType("an object", value);
    for (const key of needed) {
      if (value[key] !== undefined) continue;
      return { path: `.${key}`, reason: "required", message: "expected a value; found nothing" };
    }
    for (const key in value) {
      const each = value[key];
      if (each === undefined) continue;
      const fault = (checks.get(key) ?? any)(each);
      if (fault) return under(member(key), fault);
    }
    return undefined;
  };
}

/** One of several objects. A tag that is not known passes as any JSON does. */
export function union(tag: string, cases: Checks): Check {
  const known = new Map(Object.entries(cases));
  return (value) => {
    if (!isObject(value)) return wrongType("an object", value);
    const name = value[tag];
    const fault = name === undefined ? undefined : text(name);
    if (fault) return under(`.${tag}`, fault);
    if (name === undefined) {
      return { path: `.${tag}`, reason: "required", message: "expected a value; found nothing" };
    }
    return (known.get(name as string) ?? any)(value);
  };
}

/** For a type that holds values of its own kind. */
export function later(check: () => Check): Check {
  return (value) => check()(value);
}

/** For methods without params. */
export const noParams: Check = object({}, {});

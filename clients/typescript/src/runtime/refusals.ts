import { InvalidParamsError, refusalClasses, refusalKinds } from "../generated/errors.js";
import type { Fault } from "./check.js";
import { RefusedError } from "./errors.js";
import type { RefusalData } from "./errors.js";

/** The `error` of an answer, as far as it can be relied on. */
export interface WireRefusal {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly data?: unknown;
}

function dataOf(error: WireRefusal, code: number): RefusalData {
  const data = typeof error.data === "object" && error.data !== null ? error.data : {};
  const kind = (data as Partial<RefusalData>).kind;
  return { ...data, kind: typeof kind === "string" ? kind : (refusalKinds[code] ?? "unknown") };
}

/** The error of the class that belongs to the kind of a refusal. */
export function refused(method: string, error: WireRefusal): RefusedError {
  const code = typeof error.code === "number" ? error.code : 0;
  const message = typeof error.message === "string" ? error.message : "refused without a word";
  const data = dataOf(error, code);
  const known = Object.prototype.hasOwnProperty.call(refusalClasses, data.kind);
  const Class = (known ? refusalClasses[data.kind] : undefined) ?? RefusedError;
  return new Class({ method, code, message, data });
}

/** What the service would have answered, without asking it. */
export function invalidParams(method: string, fault: Fault): RefusedError {
  const path = `params${fault.path}`;
  const data = { kind: "invalid_params", path, reason: fault.reason };
  return new InvalidParamsError({
    method, code: -32602, message: `${path}: ${fault.message}`, data,
  });
}

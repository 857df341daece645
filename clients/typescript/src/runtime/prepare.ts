import { Call } from "./call.js";
import { randomKey } from "./keys.js";
import type { CallOptions, Method } from "./method.js";
import { invalidParams } from "./refusals.js";

/** What a call has where it says nothing itself. */
export interface CallDefaults {
  readonly timeout: number;
  /** Bytes of one message that the service takes. */
  readonly messageBytes: number;
}

/** What stands around the params, at most. */
const envelopeBytes = 256;

/** Checks a call and writes its params; throws what is wrong with them. */
export function prepareCall<Params, Result>(
  method: Method<Params, Result>,
  params: Params,
  options: CallOptions,
  defaults: CallDefaults,
  onAnswer?: (result: unknown) => void,
): Call {
  if (options.signal?.aborted === true) throw options.signal.reason;
  const fault = method.check(params);
  if (fault) throw invalidParams(method.name, fault);
  const given = (params as { readonly idempotency_key?: string | null }).idempotency_key;
  const isKeyed = method.repeat === "with_key";
  const key = given === undefined && isKeyed ? randomKey() : given;
  const body = JSON.stringify(given === key ? params : { ...params, idempotency_key: key });
  checkLength(method.name, body, defaults.messageBytes);
  return new Call({
    method: method as Method<unknown, unknown>,
    body,
    isRepeatable: method.repeat === "always" || (isKeyed && key !== null),
    timeout: options.timeout ?? defaults.timeout,
    signal: options.signal,
    onAnswer,
  });
}

/** The answer to a message beyond the limit could not say to which call it belongs. */
function checkLength(name: string, body: string, messageBytes: number): void {
  // A UTF-16 unit is three bytes at most, so that few texts have to be measured.
  if (body.length * 3 < messageBytes - envelopeBytes) return;
  const bytes = utf8Length(body);
  if (bytes < messageBytes - envelopeBytes) return;
  const message = `expected at most ${messageBytes} bytes; found ${bytes}`;
  throw invalidParams(name, { path: "", reason: "too_long", message });
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Each half of a pair counts for two bytes of its four.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}

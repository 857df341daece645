import type { JsonValue } from "./json.js";

/** Everything that this client throws by itself. */
export class OperationCenterError extends Error {
  override readonly name: string = "OperationCenterError";

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** What comes with a refusal. Which members there are depends on the kind. */
export interface RefusalData {
  /** What a program decides by, such as `not_found`. */
  readonly kind: string;
  readonly [key: string]: JsonValue | undefined;
}

/** A refusal as it is made into an error. */
export interface Refusal {
  readonly method: string;
  readonly code: number;
  readonly message: string;
  readonly data: RefusalData;
}

/**
 * The service refused a call; nothing of it was done. Each kind has a class of its own. A kind that
 * is newer than this client comes as this class.
 */
export class RefusedError extends OperationCenterError {
  override readonly name: string = "RefusedError";
  /** The method that was called. */
  readonly method: string;
  readonly code: number;
  readonly kind: string;
  readonly data: RefusalData;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.method = refusal.method;
    this.code = refusal.code;
    this.kind = refusal.data.kind;
    this.data = refusal.data;
  }
}

/** The connection could not be made, or is gone. */
export class ConnectionError extends OperationCenterError {
  override readonly name: string = "ConnectionError";
}

/** No connection came about. */
export class ConnectError extends ConnectionError {
  override readonly name: string = "ConnectError";
}

/**
 * The connection ended while the call waited, and the call was not made again. A change may or may
 * not have been done.
 */
export class ConnectionLostError extends ConnectionError {
  override readonly name: string = "ConnectionLostError";
}

/** The client was closed, so the call is over. */
export class ClientClosedError extends ConnectionError {
  override readonly name: string = "ClientClosedError";
}

/** What came is no JSON-RPC. The connection is closed. */
export class ProtocolError extends ConnectionError {
  override readonly name: string = "ProtocolError";
}

/** No answer came in time. The service was told to give the call up. */
export class CallTimeoutError extends OperationCenterError {
  override readonly name: string = "CallTimeoutError";
}

/** Events are missing: the service no longer has what came next, or it has another history. */
export class EventsLostError extends OperationCenterError {
  override readonly name: string = "EventsLostError";
  /** `restarted`: the service is one that knows less than this client has seen. */
  readonly reason: "gone" | "lagged" | "restarted";
  /** Following after this goes on behind the gap; read the present state before. */
  readonly resumeAfter: number;

  constructor(reason: "gone" | "lagged" | "restarted", resumeAfter: number, cause?: unknown) {
    super(`events are missing (${reason}); what follows ${resumeAfter} is there`, cause);
    this.reason = reason;
    this.resumeAfter = resumeAfter;
  }
}

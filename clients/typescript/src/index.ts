/**
 * A client of Operation Center for Node and browsers. What only Node has, a child process and TCP,
 * stands in `operation-center/node`.
 */
export { Client, connect } from "./client.js";
export * from "./generated/errors.js";
export { eventKinds } from "./generated/events.js";
export type { EventData, Notifications } from "./generated/events.js";
export { methods, schemaDigest, schemaVersion } from "./generated/methods.js";
export * from "./generated/namespaces.js";
export * as types from "./generated/types.js";
export type { Outcomes } from "./runtime/batch.js";
export * from "./runtime/errors.js";
export { EventStream, isEvent } from "./runtime/event_stream.js";
export type { EventFilter, EventOf, EventOptions } from "./runtime/event_stream.js";
export type { FollowOptions } from "./runtime/feed.js";
export type { JsonValue } from "./runtime/json.js";
export type { Caller, CallOptions, Method, Signal } from "./runtime/method.js";
export { Pages } from "./runtime/pages.js";
export type { ClientOptions } from "./runtime/options.js";
export { StatisticsStream } from "./runtime/statistics_stream.js";
export type { Transport, Wire, WireListener } from "./transports/transport.js";
export { webSocket } from "./transports/web_socket.js";
export type { WebSocketLike, WebSocketOptions } from "./transports/web_socket.js";

/// How much of the past is kept for subscribers, and how much of the present they may take.
package struct EventLimits: Sendable {
  /// Events kept in memory, for those who come back: hours of a busy service, and all of a restart.
  package var keptEvents = 1 << 19
  package var keptBytes = 32 << 20
  /// Subscriptions of one connection.
  package var subscriptions = 32
  /// Events looked at in one turn of the loop, for all subscribers together: about two milliseconds.
  package var eventsPerTurn = 2_000
  /// Sent to one connection in one turn. Less than what counts as congestion, so that a reader who
  /// keeps up is never taken for a slow one.
  package var bytesPerTurn = 128 << 10
  /// Events looked at for one page of a list.
  package var eventsPerPageScan = 10_000

  package init() {}
}

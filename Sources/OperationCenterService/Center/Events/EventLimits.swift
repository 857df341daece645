import CampaignEngine

/// How much of the past is kept for subscribers, and how much of the present they may take.
package struct EventLimits: Sendable {
  /// Events kept in memory: hours of a busy service. Older ones are read from the journal, where
  /// there is one.
  package var keptEvents = 1 << 19
  package var keptBytes = 32 << 20
  /// Subscriptions of one connection.
  package var subscriptions = 32
  /// Events looked at in one turn of the loop, for all subscribers together: about two milliseconds.
  package var eventsPerTurn = 2_000
  /// Sent to one connection in one turn.
  package var bytesPerTurn = 128 << 10
  /// Events looked at for one page of a list.
  package var eventsPerPageScan = 10_000
  /// Records that another thread reads from the journal at once, their bytes, and the bytes that it
  /// looks at for them. All of them are sent when they come, so they are little more than a turn's.
  package var pastRecords = 500
  package var pastBytes = 32 << 10
  package var pastScanBytes = 4 << 20
  /// Campaigns whose numbers are looked at in one turn: a few milliseconds.
  package var statisticsPerTurn = 32
  package static let shortestInterval = TimeSpan(milliseconds: 100)
  package static let longestInterval = TimeSpan.hours(1)

  package init() {}
}

import CampaignEngine

/// From where on something is not right any more.
enum HealthLimits {
  /// A journal so many times longer than what a snapshot is made for: no snapshot comes about, and a
  /// start has to replay all of it.
  static let journalPerSnapshot = 4
  /// Within this time everything that was erased is to be gone from disk.
  static let erasure = TimeSpan.hours(24)
  /// Clocks are set by less all the time, and timers that are late by this much harm nobody.
  static let clockStep = TimeSpan.seconds(10)
  /// Work is done as it falls due; a minute late, something holds it up.
  static let overdue = TimeSpan.minutes(1)
  /// A program that sends for us and lives asks more often.
  static let unclaimed = TimeSpan.minutes(10)
  /// The guest's session window closes then, and with it the chance of an answer in free text.
  static let unattended = TimeSpan.hours(24)
}

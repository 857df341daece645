import CampaignEngine

/// How numbers stand in the sentences of `system.health`: short, and no finer than they mean something.
enum HealthText {
  /// `1 message`, `3 messages`.
  static func count(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// Whole units, rounded down: `40 seconds`, `3 minutes`, `26 hours`, `4 days`.
  static func span(_ span: TimeSpan) -> String {
    let seconds = Int(clamping: span.milliseconds / 1000)
    return switch seconds {
    case ..<120: count(seconds, "second")
    case ..<7200: count(seconds / 60, "minute")
    case ..<259_200: count(seconds / 3600, "hour")
    default: count(seconds / 86_400, "day")
    }
  }

  /// In MiB, rounded down.
  static func bytes(_ count: Int) -> String {
    count < 1 << 20 ? "less than 1 MiB" : "\(count >> 20) MiB"
  }
}

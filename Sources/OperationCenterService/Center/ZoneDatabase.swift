import CampaignEngine
import Foundation

/// Time zones as this machine knows them, turned into rules that the engine can record.
package enum ZoneDatabase {
  /// Nil where no such zone exists. Rules reach from a year before `time` to ten years after it.
  package static func rules(named name: String, around time: Timestamp) -> ZoneRules? {
    guard let zone = TimeZone(identifier: name), isCanonical(name) else { return nil }
    let start = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000 - 366 * 86_400)
    let end = start.addingTimeInterval(11 * 366 * 86_400)
    var transitions: [ZoneRules.Transition] = []
    var cursor = start
    while let next = zone.nextDaylightSavingTimeTransition(after: cursor), next < end, next > cursor
    {
      transitions.append(
        ZoneRules.Transition(
          atSeconds: Int64(next.timeIntervalSince1970),
          offsetSeconds: Int64(zone.secondsFromGMT(for: next))))
      cursor = next
    }
    return ZoneRules(
      name: name, initialOffsetSeconds: Int64(zone.secondsFromGMT(for: start)),
      transitions: transitions)
  }

  /// Foundation also takes abbreviations and offsets, which name no place's rules.
  private static func isCanonical(_ name: String) -> Bool {
    name == "UTC" || name == "GMT" || name.contains("/")
  }
}

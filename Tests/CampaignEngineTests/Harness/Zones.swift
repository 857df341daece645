import CampaignEngine

/// A zone with an offset and, from a time on each, others, in seconds.
func zone(_ name: String, _ offset: Int64, _ changes: [(String, Int64)]) -> ZoneRules {
  ZoneRules(
    name: name, initialOffsetSeconds: offset,
    transitions: changes.map {
      .init(atSeconds: time($0.0).milliseconds / 1000, offsetSeconds: $0.1)
    })
}

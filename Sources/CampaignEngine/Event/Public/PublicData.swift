import Wire

/// What subscribers are told of one kind of event. Its fields are a contract of their own: the
/// journal may change beneath it. They name identifiers, rules, answers and counts, never what
/// somebody is called, their number, or what they wrote.
package protocol PublicData: WireObject {
  static var kind: PublicKind { get }
  /// One sentence: what happened.
  static var summary: String { get }
}

/// The kind of a public event, such as `guest_updated`.
package struct PublicKind: Hashable, Sendable {
  package let rawValue: String

  /// For the declaration of a kind; what comes from outside is checked against all of them.
  package init(_ name: StaticString) { rawValue = "\(name)" }
}

extension PublicKind: WireEnum {
  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  package static let allCases: [PublicKind] =
    PublicCatalogue.data.map { $0.kind } + [LaggedData.kind]

  package static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .enumeration(allCases.map(\.rawValue), title: "EventKind")
  }
}

/// All public kinds, in the order of the events behind them.
package enum PublicCatalogue {
  package static let data: [any PublicData.Type] = {
    var seen: Set<PublicKind> = []
    return EventKind.allCases.compactMap { $0.type.publicData }.filter {
      seen.insert($0.kind).inserted
    }
  }()

  /// By the number of the event; nil for those that stay inside.
  private static let kinds: [PublicKind?] = {
    let last = EventKind.allCases.map(\.rawValue).max() ?? 0
    return (0...last).map { EventKind(rawValue: $0)?.type.publicData?.kind }
  }()

  /// What an event is called outside.
  package static func kind(of event: UInt16) -> PublicKind? {
    event < kinds.count ? kinds[Int(event)] : nil
  }
}

/// An event that concerns nobody outside of the engine. Every event is either this or has public
/// data.
protocol InternalEvent: Event {}

/// The one event that is not in the journal: what a subscriber was to be told next is no longer
/// kept.
package struct LaggedData: PublicData {
  package static let kind = PublicKind("lagged")
  package static let summary =
    "Events were lost and the subscription has ended: what came next is no longer kept. Its sequence is that of the last event lost; subscribe after it to go on."
  package var missed: UInt64 = 0
  package var resumeAfter: UInt64 = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("missed", &missed, "Events lost, whether or not they match.")
    try visit.field(
      "resume_after", &resumeAfter,
      "The last of them, the same as sequence: subscribe with after_sequence set to it.")
  }
}

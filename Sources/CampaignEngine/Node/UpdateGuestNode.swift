import Wire

/// Changes the guest and the execution's variables.
package struct UpdateGuestNode: NodeContent {
  package static let typeName = "update_guest"
  package static let summary =
    "Sets fields of the guest, adds tags and takes tags off."
  package static let example =
    #"{"set": {"rsvp": "attending"}, "add_tags": ["answered"], "remove_tags": ["asked"], "for": "household"}"#

  package var set = WireMap<Scalar>()
  package var addTags: [String] = []
  package var removeTags: [String] = []
  /// Absent: the guest alone.
  package var scope: AnswerScope?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "set", &set,
      "Values by target: name, rsvp, rsvp.EVENT, attending_count, attending_children, category, party_size, children, language, subscription, fields.NAME, vars.NAME.",
      .defaulted.length(0...50))
    try visit.field(
      "add_tags", &addTags, "Tags that are added.",
      .defaulted.length(0...50).each(length: Guest.tagLength))
    try visit.field(
      "remove_tags", &removeTags, "Tags that are removed.",
      .defaulted.length(0...50).each(length: Guest.tagLength))
  }

  package mutating func laterFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "for", &scope,
      "Whose answer an rsvp is: household gives it for all who are asked with the guest, too.",
      .omittable)
  }

  package var handles: [String] { ["default"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .processing }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.texts = set.entries.map(\.value.text)
    reads.events = writes.compactMap(\.event)
    return reads
  }

  package var writes: [GuestTarget] { self.set.keys.compactMap(Self.target) }

  package var answersForHousehold: Bool { scope == .household }

  static func target(_ name: String) -> GuestTarget? {
    GuestTarget(name.hasPrefix("vars.") ? name : "guest.\(name)")
  }

  package func check(_ check: inout NodeCheck) {
    for (name, value) in set.entries {
      let path = FieldPath.member(name, of: "set")
      guard let target = Self.target(name) else {
        check.error(
          "unknown_target", "\"\(name)\" cannot be set.",
          "Use name, rsvp, rsvp.EVENT, attending_count, attending_children, category, party_size, children, language, subscription, fields.NAME or vars.NAME.",
          path)
        continue
      }
      check.text(value.text, field: path)
      if let event = target.event { check.event(event, field: path) }
      if let reason = target.refusal(of: value) {
        check.error("invalid_value", "\"\(name)\": \(reason)", "Correct the value.", path)
      }
    }
  }
}

/// Whose answer it is that a flow keeps.
package enum AnswerScope: String, WireEnum { case guest, household }

/// What a flow may write to.
package enum GuestTarget: Equatable, Sendable {
  case attribute(GuestAttribute)
  case subscription
  case rsvp(event: String?)
  case attendingCount(event: String?)
  /// How many of those who come are children.
  case attendingChildren(event: String?)
  case field(String)
  /// What is said of one event: a dish. Nil where it is said of each.
  case eventField(String, event: String?)
  /// The answers to all events to which somebody is invited.
  case everyRSVP
  case variable(String)

  package init?(_ path: String) {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, parts.count <= 3, parts.allSatisfy(Pattern.handle.matches) else {
      return nil
    }
    switch (parts[0], parts[1], parts.count) {
    case ("vars", _, 2): self = .variable(parts[1])
    case ("guest", "fields", 3): self = .field(parts[2])
    case ("guest", "rsvp", _): self = .rsvp(event: parts.count == 3 ? parts[2] : nil)
    case ("guest", "attending_count", _):
      self = .attendingCount(event: parts.count == 3 ? parts[2] : nil)
    case ("guest", "attending_children", _):
      self = .attendingChildren(event: parts.count == 3 ? parts[2] : nil)
    case ("guest", "subscription", 2): self = .subscription
    case ("guest", _, 2):
      guard let attribute = GuestAttribute(name: parts[1]), attribute.has(.isSetByFlows) else {
        return nil
      }
      self = .attribute(attribute)
    default: return nil
    }
  }

  /// Key of the event whose answer is written, where one is named.
  package var event: String? {
    switch self {
    case .rsvp(let event), .attendingCount(let event), .attendingChildren(let event): event
    case .eventField(_, let event): event
    default: nil
    }
  }

  /// The same of an event, where none is named.
  func of(event key: String) -> GuestTarget {
    switch self {
    case .rsvp(nil): .rsvp(event: key)
    case .attendingCount(nil): .attendingCount(event: key)
    case .attendingChildren(nil): .attendingChildren(event: key)
    case .field(let name): .eventField(name, event: key)
    default: self
    }
  }

  /// The same name may be said of each event.
  var canBeOfEach: Bool { of(event: "") != self }

  package var variable: String? {
    if case .variable(let name) = self { name } else { nil }
  }

  package var customField: String? {
    if case .field(let name) = self { name } else { nil }
  }

  package var eventField: String? {
    if case .eventField(let name, _) = self { name } else { nil }
  }

  /// Why a value that has no places in it can never be written here; nil where it can.
  func refusal(of value: Scalar) -> String? {
    guard !value.text.contains(text: "{{") else { return nil }
    switch self {
    case .rsvp where RSVP(rawValue: value.text) == nil:
      return "expected one of \(RSVP.allCases.map(\.rawValue).joined(separator: ", "))"
    case .subscription where Subscription(rawValue: value.text) == nil:
      return "expected one of \(Subscription.allCases.map(\.rawValue).joined(separator: ", "))"
    default:
      guard let range, !(value.integer.map(range.contains) ?? false) else { return nil }
      return "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  /// Of a number.
  var range: ClosedRange<Int64>? {
    switch self {
    case .attribute(let attribute): attribute.range
    case .attendingCount, .attendingChildren: 0...Limits.partySize
    default: nil
    }
  }
}

/// Where a value in a text comes from: `guest.name`, `guest.fields.menu`, `vars.answer`,
/// `project.event_date`, `project.events.sangeet.date`.
package enum VariablePath: Hashable, Sendable, CustomStringConvertible {
  case guest(GuestProperty)
  case guestField(String)
  case variable(String)
  case projectName
  case eventDate(event: String?)
  case eventTime(event: String?)
  case eventName(event: String?)
  case projectField(String)
  /// Of all who are asked together; at most so many characters.
  case householdNames(longest: Int?)
  case householdSize
  /// Their names, a line each, with numbers.
  case householdList
  /// Of whom or of what a question is; else the guest, and the event that the campaign is about.
  case asked(AskedProperty)

  package enum AskedProperty: String, CaseIterable, Hashable, Sendable {
    case memberName = "member.name"
    case eventName = "event.name"
    case eventDate = "event.date"
    case eventTime = "event.time"
    /// Names of the events to which somebody is invited, a line each, with numbers.
    case eventList = "event.list"
    /// The same as a sentence has them.
    case eventNames = "event.names"
  }

  package enum GuestProperty: Hashable, Sendable {
    case attribute(GuestAttribute)
    /// Of an event; nil for the main one.
    case rsvp(event: String?)
    case attendingCount(event: String?)
    /// Of one event, where another number may be invited to it.
    case partySize(event: String)

    init?(name: String, event: String?) {
      switch (name, event) {
      case ("rsvp", _): self = .rsvp(event: event)
      case ("attending_count", _): self = .attendingCount(event: event)
      case ("party_size", let event?): self = .partySize(event: event)
      default:
        guard event == nil, let attribute = GuestAttribute(name: name),
          attribute.has(.isInTexts)
        else { return nil }
        self = .attribute(attribute)
      }
    }

    var event: String? {
      switch self {
      case .attribute: nil
      case .rsvp(let event), .attendingCount(let event): event
      case .partySize(let event): event
      }
    }

    var name: String {
      let name =
        switch self {
        case .attribute(let attribute): attribute.name
        case .rsvp: "rsvp"
        case .attendingCount: "attending_count"
        case .partySize: "party_size"
        }
      return event.map { "\(name).\($0)" } ?? name
    }
  }

  package init?(_ text: String) {
    if let household = Self.household(text) {
      self = household
      return
    }
    if let asked = AskedProperty(rawValue: text) {
      self = .asked(asked)
      return
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isNameByte) }) else {
      return nil
    }
    switch (parts.first, parts.count) {
    case ("guest", 3) where parts[1] == "fields": self = .guestField(parts[2])
    case ("guest", 2...3):
      let event = parts.count == 3 ? parts[2] : nil
      guard let property = GuestProperty(name: parts[1], event: event) else { return nil }
      self = .guest(property)
    case ("vars", 2): self = .variable(parts[1])
    case ("project", 2):
      switch parts[1] {
      case "name": self = .projectName
      case "event_date": self = .eventDate(event: nil)
      case "event_time": self = .eventTime(event: nil)
      case "event_name": self = .eventName(event: nil)
      default: return nil
      }
    case ("project", 3) where parts[1] == "fields": self = .projectField(parts[2])
    case ("project", 4) where parts[1] == "events":
      switch parts[3] {
      case "date": self = .eventDate(event: parts[2])
      case "time": self = .eventTime(event: parts[2])
      case "name": self = .eventName(event: parts[2])
      default: return nil
      }
    default: return nil
    }
  }

  /// `household.size`, `household.list`, `household.names`, `household.names(max: 60)`.
  private static func household(_ text: String) -> VariablePath? {
    guard text.hasPrefix("household.") else { return nil }
    let name = text.dropFirst("household.".count)
    if name == "size" { return .householdSize }
    if name == "list" { return .householdList }
    if name == "names" { return .householdNames(longest: nil) }
    guard name.hasPrefix("names(max:"), name.hasSuffix(")") else { return nil }
    let number = name.dropFirst("names(max:".count).dropLast().trimmed
    guard let longest = Int(number), HouseholdNames.lengths.contains(longest) else { return nil }
    return .householdNames(longest: longest)
  }

  /// It tells of others than the guest.
  package var isOfHousehold: Bool {
    switch self {
    case .householdNames, .householdSize, .householdList: true
    default: false
    }
  }

  /// Key of the event that is looked at, where one is named.
  package var event: String? {
    switch self {
    case .eventDate(let event), .eventTime(let event), .eventName(let event): event
    case .guest(let property): property.event
    default: nil
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x30...0x39, 0x5F, 0x2D: true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .guest(let property): "guest.\(property.name)"
    case .guestField(let key): "guest.fields.\(key)"
    case .variable(let key): "vars.\(key)"
    case .projectName: "project.name"
    case .eventDate(let event): event.map { "project.events.\($0).date" } ?? "project.event_date"
    case .eventTime(let event): event.map { "project.events.\($0).time" } ?? "project.event_time"
    case .eventName(let event): event.map { "project.events.\($0).name" } ?? "project.event_name"
    case .projectField(let key): "project.fields.\(key)"
    case .householdNames(let longest):
      longest.map { "household.names(max: \($0))" } ?? "household.names"
    case .householdSize: "household.size"
    case .householdList: "household.list"
    case .asked(let property): property.rawValue
    }
  }
}

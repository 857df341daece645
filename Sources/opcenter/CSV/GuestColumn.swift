import CampaignEngine
import Wire

/// What a column of a guest file means.
enum GuestColumn: Hashable, Sendable {
  case attribute(GuestAttribute)
  case known(Name)
  /// `rsvp.sangeet` is of one event.
  case event(EventName, key: String)
  /// `fields.table` is the custom field `table`.
  case field(String)

  enum Name: String, CaseIterable, Sendable {
    case rsvp
    case attendingCount = "attending_count"
    case tags
    case optedOut = "opted_out"
    case subscription
  }

  /// What is said of a guest for one event.
  enum EventName: String, CaseIterable, Sendable {
    case rsvp
    case attendingCount = "attending_count"
    case partySize = "party_size"
    case attendingChildren = "attending_children"
  }

  /// People write `Party Size` and `party-size` for `party_size`. The name of a custom field
  /// is kept as it is written.
  init?(title: String) {
    let folded = Self.folded(title)
    if let attribute = GuestAttribute(name: folded) {
      self = .attribute(attribute)
    } else if let name = Name(rawValue: folded) {
      self = .known(name)
    } else if folded.hasPrefix(Self.fieldPrefix), folded != Self.fieldPrefix {
      self = .field(String(title.unicodeScalars.dropFirst(Self.fieldPrefix.count)))
    } else if let (name, key) = Self.event(title) {
      self = .event(name, key: key)
    } else {
      return nil
    }
  }

  /// Keys are kept as they are, but for capitals, which none has.
  private static func event(_ title: String) -> (EventName, key: String)? {
    guard let dot = title.firstIndex(of: "."),
      let name = EventName(rawValue: folded(String(title[..<dot])))
    else { return nil }
    let key = title[title.index(after: dot)...].lowercased()
    return Pattern.handle.matches(key) ? (name, key) : nil
  }

  var title: String {
    switch self {
    case .attribute(let attribute): attribute.name
    case .known(let name): name.rawValue
    case .event(let name, let key): "\(name.rawValue).\(key)"
    case .field(let name): Self.fieldPrefix + name
    }
  }

  /// Without these a row says something else than was meant.
  var mustBeInEachRow: Bool {
    switch self {
    case .attribute(let attribute): attribute.isRequired
    case .known(.optedOut), .known(.subscription): true
    case .known, .event, .field: false
    }
  }

  /// The known name that was most likely meant.
  static func nearest(to title: String) -> String? {
    Spelling.nearest(to: folded(title), among: names)
  }

  private static let names = GuestAttribute.all.map(\.name) + Name.allCases.map(\.rawValue)

  private static let fieldPrefix = "fields."

  private static func folded(_ title: String) -> String {
    String(
      String.UnicodeScalarView(
        title.unicodeScalars.map { scalar in
          switch scalar {
          case " ", "-": "_"
          case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
          default: scalar
          }
        }))
  }
}

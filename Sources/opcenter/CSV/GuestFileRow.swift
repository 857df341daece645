import CampaignEngine
import Wire

/// One row of a guest file, as text. What a value means is decided where it is imported; an
/// absent or empty one is nil, which keeps what is stored.
struct GuestFileRow: Equatable, Sendable {
  /// The physical line on which the row starts, counted from 1.
  var line: Int
  var row = GuestRow()
  /// Another way to say one thing of the subscription.
  var optedOut: String?

  init(line: Int) {
    self.line = line
  }

  mutating func set(_ column: GuestColumn, to text: String) {
    switch column {
    case .attribute(.invitedTo): row.invitedTo = Self.keys(in: text)
    case .attribute(let attribute): row[attribute] = .text(text)
    case .event(let name, let key): set(name, ofEvent: key, to: text)
    case .known(.rsvp): row.rsvp = text
    case .known(.attendingCount): row.attendingCount = .text(text)
    case .known(.tags): row.tags = Self.tags(in: text)
    case .known(.optedOut): optedOut = text
    case .known(.subscription): row.subscription = text
    case .field(let name): row.fieldValues[name] = .text(text)
    }
  }

  private mutating func set(
    _ name: GuestColumn.EventName, ofEvent key: String, to text: String
  ) {
    var answers = row.answers ?? []
    let place = answers.firstIndex { $0.event == key } ?? answers.count
    if place == answers.count { answers.append(GivenAnswer(event: key)) }
    switch name {
    case .rsvp: answers[place].rsvp = text
    case .attendingCount: answers[place].attendingCount = .text(text)
    case .partySize: answers[place].partySize = .text(text)
    case .attendingChildren: answers[place].children = .text(text)
    }
    row.answers = answers
  }

  /// Keys of events have neither semicolons nor commas.
  private static func keys(in text: String) -> [String]? {
    let keys = text.utf8.split { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }
      .map { $0.trimmed.lowercased() }.filter { !$0.isEmpty }
    return keys.isEmpty ? nil : keys
  }

  /// The parts between the semicolons, without empty ones and without repetitions.
  private static func tags(in text: String) -> [String]? {
    var tags: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      let tag = part.trimmed
      if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
    }
    return tags.isEmpty ? nil : tags
  }
}

extension Substring.UTF8View {
  /// Without ASCII white space around it.
  var trimmed: String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) }
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(Substring(self[first...last]))
  }
}

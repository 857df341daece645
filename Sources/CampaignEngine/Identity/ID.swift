import Wire

/// A kind of thing that has identifiers; the prefix is what people see.
package protocol IdentifiedKind: Sendable {
  static var prefix: String { get }
  /// As people speak of it: `campaign`.
  static var word: String { get }
  /// The spaces that may own one.
  static var spaces: ClosedRange<UInt32> { get }
}

extension IdentifiedKind {
  package static var spaces: ClosedRange<UInt32> { 0...(senderSpaceBit - 1) }
}

package enum SenderKind: IdentifiedKind {
  package static let prefix = "snd_"
  package static let word = "sender"
  package static let spaces: ClosedRange<UInt32> = 0...0
}
package enum ProjectKind: IdentifiedKind {
  package static let prefix = "prj_"
  package static let word = "project"
  package static let spaces: ClosedRange<UInt32> = 0...0
}
package enum GuestKind: IdentifiedKind {
  package static let prefix = "gst_"
  package static let word = "guest"
}
package enum TemplateKind: IdentifiedKind {
  package static let prefix = "tpl_"
  package static let word = "template"
}
package enum ChatflowKind: IdentifiedKind {
  package static let prefix = "flw_"
  package static let word = "chatflow"
}
package enum CampaignKind: IdentifiedKind {
  package static let prefix = "cmp_"
  package static let word = "campaign"
}
package enum ExecutionKind: IdentifiedKind {
  package static let prefix = "exe_"
  package static let word = "execution"
}
package enum MessageKind: IdentifiedKind {
  package static let prefix = "msg_"
  package static let word = "message"
  package static let spaces: ClosedRange<UInt32> = 0...(2 * senderSpaceBit - 1)
}
package enum BulkKind: IdentifiedKind {
  package static let prefix = "blk_"
  package static let word = "bulk operation"
}
package enum ReminderKind: IdentifiedKind {
  package static let prefix = "rem_"
  package static let word = "reminder"
}

package typealias SenderID = ID<SenderKind>
package typealias ProjectID = ID<ProjectKind>
package typealias GuestID = ID<GuestKind>
package typealias TemplateID = ID<TemplateKind>
package typealias ChatflowID = ID<ChatflowKind>
package typealias CampaignID = ID<CampaignKind>
package typealias ExecutionID = ID<ExecutionKind>
package typealias MessageID = ID<MessageKind>
package typealias BulkID = ID<BulkKind>
package typealias ReminderID = ID<ReminderKind>

/// An identifier: the space that owns it (a project, or a sender for messages that no project
/// claimed) and a counter inside that space. Counters start at 1, so 0 is "none", and they index
/// the tables of the state directly. On the wire it is `gst_2g`: a prefix and the number
/// `space × 2^35 + counter` in lowercase Crockford base 32, so the last seven digits are the
/// counter and the digits before them name the space.
package struct ID<Kind: IdentifiedKind>: Hashable, Comparable, Sendable {
  package let rawValue: UInt64

  package static var none: Self { Self(rawValue: 0) }
  package var isNone: Bool { rawValue == 0 }

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(space: UInt32, counter: UInt32) {
    rawValue = UInt64(space) << 35 | UInt64(counter)
  }

  package var space: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 35) }
  package var counter: UInt32 { UInt32(truncatingIfNeeded: rawValue & 0x7_FFFF_FFFF) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Messages that no project claimed live in the space of their sender, which has this bit set.
private let senderSpaceBit: UInt32 = 1 << 27

/// In whose table a message stands.
package enum MessageHome {
  /// With its space.
  case project(UInt32)
  /// Where no project knows who wrote it.
  case sender(SenderID)
}

extension MessageID {
  package init(of sender: SenderID, counter: UInt32) {
    self.init(space: senderSpaceBit | (sender.counter - 1), counter: counter)
  }

  package var home: MessageHome {
    space & senderSpaceBit == 0
      ? .project(space)
      : .sender(SenderID(space: 0, counter: (space & ~senderSpaceBit) + 1))
  }

  package var isOfProject: Bool { space & senderSpaceBit == 0 }
}

extension ID: WireText {
  /// The one way in for identifiers that others spell. What comes through may name nothing, but its
  /// counter and its space are such as rows have, so that one row has one spelling and whoever counts
  /// from them cannot fall off the end.
  package init?(wireText: String) {
    let prefix = Kind.prefix
    guard wireText.utf8.starts(with: prefix.utf8),
      let number = CrockfordBase32.number(of: wireText.utf8.dropFirst(prefix.utf8.count)),
      let counter = UInt32(exactly: number & 0x7_FFFF_FFFF), counter != 0,
      let space = UInt32(exactly: number >> 35), Kind.spaces.contains(space)
    else { return nil }
    self.init(space: space, counter: counter)
  }

  package var wireText: String {
    isNone ? "" : CrockfordBase32.text(of: rawValue, behind: Kind.prefix)
  }
  package static var expected: String { "an identifier such as \(Kind.prefix)1" }
  package static var schemaName: String {
    let words = Kind.word.split(separator: " ")
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() + "Id"
  }
  package static var documentation: String {
    "Identifier of a \(Kind.word). Opaque: compare it, and give it back as it came."
  }
  package static var example: String { "\(Kind.prefix)1" }
  /// The counter has seven digits at most; the space stands before it.
  package static var expression: String? {
    let more = Kind.spaces.upperBound == 0 ? 6 : 12
    return "^\(Kind.prefix)[1-9a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{0,\(more)}$"
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    Self(rawValue: try reader.unsigned())
  }

  package func writeBinary(_ writer: inout BinaryWriter) { writer.unsigned(rawValue) }
}

/// Lowercase Crockford base 32 in its one canonical spelling: no leading zero, no aliases.
enum CrockfordBase32 {
  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func text(of number: UInt64, behind prefix: String) -> String {
    let count = max(1, (UInt64.bitWidth - number.leadingZeroBitCount + 4) / 5)
    let start = prefix.utf8.count
    return String(unsafeUninitializedCapacity: start + count) { buffer in
      _ = buffer.initialize(fromContentsOf: prefix.utf8)
      var rest = number
      for place in (start..<start + count).reversed() {
        buffer[place] = digits[Int(rest & 31)]
        rest >>= 5
      }
      return start + count
    }
  }

  static func number(of text: some Collection<UInt8>) -> UInt64? {
    guard let first = text.first, first != UInt8(ascii: "0"), text.count <= 13 else { return nil }
    var number: UInt64 = 0
    for byte in text {
      let value = values[Int(byte)]
      guard value != 0xFF, number >> 59 == 0 else { return nil }
      number = number << 5 | UInt64(value)
    }
    return number
  }
}

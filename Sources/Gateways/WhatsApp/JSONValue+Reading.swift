import CampaignEngine
import Wire

/// Looking around in what Meta sent, where anything may be missing or another kind of value.
extension JSONValue? {
  /// A text that is not empty.
  var text: String? {
    guard case .string(let text)? = self, !text.isEmpty else { return nil }
    return text
  }

  /// An id of WhatsApp's.
  var identifier: String? {
    guard let text, text.utf8.count <= 256 else { return nil }
    return text
  }

  /// A whole number, written as one or as a text: Meta does both.
  var integer: Int64? {
    switch self {
    case .number(let text)?, .string(let text)?: Int64(text)
    default: nil
    }
  }

  var bool: Bool? {
    guard case .bool(let value)? = self else { return nil }
    return value
  }

  /// Seconds since 1970. Milliseconds have been seen in their place, and tell themselves by their
  /// size.
  var timestamp: Timestamp? {
    guard let number = integer, number > 0 else { return nil }
    let milliseconds = number < 1_000_000_000_000 ? number * 1000 : number
    let time = Timestamp(milliseconds: milliseconds)
    return time <= .distantFuture ? time : nil
  }

  /// For logs: a word of Meta's, never what somebody wrote.
  var word: String {
    guard let text, text.utf8.count <= 64, text.utf8.allSatisfy(\.isWordByte) else { return "?" }
    return text
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension Phone {
  /// Meta writes numbers as digits, with or without a plus, and a business's own with spaces too.
  init?(digitsOf text: String?) {
    guard let text, let first = text.utf8.first, first != UInt8(ascii: "0"),
      let phone = Phone(complete: text)
    else { return nil }
    self = phone
  }
}

import Wire

/// A phone number in E.164: its digits with the country code, as one integer. 0 is none.
package struct Phone: Hashable, Comparable, Sendable {
  package let number: UInt64

  package static let none = Phone(number: 0)
  package var isNone: Bool { number == 0 }

  package init(number: UInt64) { self.number = number }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  package var digits: String { String(number) }

  /// Why a text is no phone number.
  package struct Fault: Error, Equatable {
    package let reason: String
    package let message: String
  }

  /// Reads what people write: `+62 812-3000-0077`, `0062…`, and national numbers such as
  /// `0812 3000 0077`, which get the project's calling code. A number that begins with that code
  /// and is long enough to be complete is taken as complete.
  package init(parsing text: String, callingCode: String) throws(Fault) {
    // The digits as a number, how many there are, and how many zeros come first.
    var (number, written, zeros): (UInt64, Int, Int) = (0, 0, 0)
    var isInternational = false
    var codeLeft = Substring(callingCode).utf8
    var beginsWithCode = !callingCode.isEmpty
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9":
        if let digit = codeLeft.popFirst(), digit != scalar.value { beginsWithCode = false }
        // Of too many digits it is not used.
        number = number &* 10 &+ UInt64(scalar.value & 0xF)
        if scalar == "0", zeros == written { zeros += 1 }
        written += 1
      case "+" where written == 0 && !isInternational: isInternational = true
      case " ", "-", "(", ")", ".", "/", "\u{A0}", "\u{202F}", "\u{2010}", "\u{2011}", "\u{2013}":
        continue
      default:
        throw Fault(
          reason: "phone_characters",
          message: "expected digits, spaces, +, -, ( and ); found another character")
      }
    }
    var dropped = 0
    var code = ""
    if !isInternational, zeros >= 2 {
      dropped = 2
      isInternational = true
    }
    if !isInternational {
      let isComplete = beginsWithCode && codeLeft.isEmpty && written >= 11
      if !isComplete {
        dropped = min(zeros, 1)
        // A number this short is refused as it was written: the code must not make it look whole.
        if written >= 7 { code = callingCode }
      }
    }
    let length = code.utf8.count + written - dropped
    if length < 8 { throw .length(min(written, length), reason: "phone_too_short") }
    if length > 15 { throw .length(length, reason: "phone_too_long") }
    guard code.isEmpty ? zeros == dropped : !code.hasPrefix("0"),
      var start = code.isEmpty ? 0 : UInt64(code)
    else {
      throw Fault(
        reason: "phone_country_code", message: "expected a country code, which never begins with 0")
    }
    // At most 15 digits, so that nothing overflows.
    for _ in 0..<(written - dropped) { start *= 10 }
    self.number = start + number
  }
}

extension Phone.Fault {
  fileprivate static func length(_ found: Int, reason: String) -> Self {
    Self(
      reason: reason, message: "expected 8 to 15 digits with country code; found \(found)")
  }
}

extension Phone {
  /// How WhatsApp may write the same mobile number: Brazil's with or without the ninth digit, Mexico's
  /// and Argentina's with or without the digit of mobile telephones (Meta, "Service messages").
  var otherSpellings: [Phone] {
    [
      ("55", "9", at: 4, length: 12), ("52", "1", at: 2, length: 12),
      ("54", "9", at: 2, length: 12),
    ]
    .compactMap { spelled($0, with: $1, at: $2, length: $3) }
  }

  private func spelled(
    _ country: String, with digit: Character, at place: Int, length: Int
  ) -> Phone? {
    var digits = Array(digits)
    guard digits.starts(with: country) else { return nil }
    let isLong = digits.count == length + 1 && digits[place] == digit
    if isLong { digits.remove(at: place) }
    guard digits.count == length, country != "55" || Self.isBrazilianMobile(digits) else {
      return nil
    }
    if !isLong { digits.insert(digit, at: place) }
    return UInt64(String(digits)).map(Phone.init)
  }

  /// Without the ninth digit. Landlines begin with 2 to 5 and never had one.
  private static func isBrazilianMobile(_ digits: [Character]) -> Bool {
    digits.count > 4 && "6789".contains(digits[4])
  }
}

extension Phone: WireText {
  package static var expected: String { "a phone number in E.164 such as +6281230000077" }
  package static var expression: String? { "^\\+[1-9][0-9]{7,14}$" }
  package var wireText: String { isNone ? "" : "+" + digits }

  package init?(wireText: String) {
    guard wireText.hasPrefix("+"), let phone = try? Phone(parsing: wireText, callingCode: "") else {
      return nil
    }
    self = phone
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    Phone(number: try reader.unsigned())
  }

  package func writeBinary(_ writer: inout BinaryWriter) { writer.unsigned(number) }
}

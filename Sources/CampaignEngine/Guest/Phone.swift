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
    var digits = ""
    var isInternational = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "+" where digits.isEmpty && !isInternational: isInternational = true
      case " ", "-", "(", ")", ".", "/", "\u{A0}", "\u{202F}", "\u{2010}", "\u{2011}", "\u{2013}":
        continue
      default:
        throw Fault(
          reason: "phone_characters",
          message: "expected digits, spaces, +, -, ( and ); found another character")
      }
    }
    let written = digits.utf8.count
    if !isInternational, digits.hasPrefix("00") {
      digits.removeFirst(2)
      isInternational = true
    }
    if !isInternational {
      let isComplete = !callingCode.isEmpty && digits.hasPrefix(callingCode) && written >= 11
      if !isComplete {
        if digits.hasPrefix("0") { digits.removeFirst() }
        // A number this short is refused as it was written: the code must not make it look whole.
        if written >= 7 { digits = callingCode + digits }
      }
    }
    let length = digits.utf8.count
    let expected =
      "expected 8 to 15 digits with country code; found \(length < 8 ? min(written, length) : length)"
    if length < 8 { throw Fault(reason: "phone_too_short", message: expected) }
    if length > 15 { throw Fault(reason: "phone_too_long", message: expected) }
    guard !digits.hasPrefix("0"), let number = UInt64(digits) else {
      throw Fault(
        reason: "phone_country_code", message: "expected a country code, which never begins with 0")
    }
    self.number = number
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
  package var wireText: String { isNone ? "" : "+\(number)" }

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

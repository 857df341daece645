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

  /// What a text that people wrote may mean: the number that is taken, and all of them where there are
  /// two. `home` is the plan of the country whose numbers need no calling code.
  package static func read(
    _ text: String, home: NumberingPlan?
  ) throws(Fault) -> (phone: Phone, readings: [Phone]) {
    switch PhoneReading.read(text, home: home) {
    case .one(let number): return (Phone(number: number), [])
    case .ambiguous(let numbers):
      let readings = numbers.map(Phone.init(number:))
      return (readings.first ?? .none, readings)
    case .refused(let refusal): throw Fault(refusal)
    }
  }

  /// A whole number, with calling code, as WhatsApp writes it: nothing is added and nothing taken off.
  package init?(complete text: String) {
    let text = PhoneText(text)
    guard text.refusal == nil, Self.digitCounts.contains(text.digits.count),
      text.digits.leading(1) != 0
    else { return nil }
    self.number = text.digits.value
  }

  /// The shortest numbers that a country gives out have four digits behind a calling code of two.
  static let digitCounts = 6...15
}

extension Phone.Fault {
  fileprivate init(_ refusal: PhoneReading.Refusal) {
    switch refusal {
    case .characters:
      self.init(
        reason: "phone_characters",
        message: "expected digits, spaces, +, -, ( and ); found another character")
    case .extension:
      self.init(
        reason: "phone_extension",
        message: "expected a number that reaches one person; found an extension behind it")
    case .countryCode:
      self.init(
        reason: "phone_country_code",
        message: "expected a calling code that a country has, such as 62")
    case .tooShort(let found): self.init(reason: "phone_too_short", found: found)
    case .tooLong(let found): self.init(reason: "phone_too_long", found: found)
    }
  }

  private init(reason: String, found: Int) {
    self.init(
      reason: reason, message: "expected 8 to 15 digits with country code; found \(found)")
  }
}

extension Phone {
  /// How WhatsApp may write the same mobile number: Brazil's with or without the ninth digit, Mexico's
  /// and Argentina's with or without the digit of mobile telephones (Meta, "Service messages").
  package var otherSpelling: Phone? {
    switch countryStart {
    case 55: spelled(with: "9", at: 4)
    case 52: spelled(with: "1", at: 2)
    case 54: spelled(with: "9", at: 2)
    default: nil
    }
  }

  var otherSpellings: [Phone] { otherSpelling.map { [$0] } ?? [] }

  /// The same for all spellings of a number.
  package var canonical: Phone { otherSpelling.map { min($0, self) } ?? self }

  /// The first two digits.
  private var countryStart: UInt64 {
    var start = number
    while start > 99 { start /= 10 }
    return start
  }

  private func spelled(with digit: Character, at place: Int) -> Phone? {
    let shortLength = 12
    var digits = Array(digits)
    let isLong = digits.count == shortLength + 1 && digits[place] == digit
    if isLong { digits.remove(at: place) }
    guard digits.count == shortLength, countryStart != 55 || Self.isBrazilianMobile(digits) else {
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
  package static var documentation: String {
    "A telephone number in E.164: plus, calling code, number."
  }
  package static var example: String { "+6281230000077" }
  package static var expression: String? { "^\\+[1-9][0-9]{5,14}$" }
  package var wireText: String { isNone ? "" : "+" + digits }

  package init?(wireText: String) {
    let digits = wireText.utf8.dropFirst()
    guard wireText.utf8.first == UInt8(ascii: "+"), Self.digitCounts.contains(digits.count),
      digits.first != UInt8(ascii: "0")
    else { return nil }
    var number: UInt64 = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + UInt64(byte & 0xF)
    }
    self.number = number
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    Phone(number: try reader.unsigned())
  }

  package func writeBinary(_ writer: inout BinaryWriter) { writer.unsigned(number) }
}

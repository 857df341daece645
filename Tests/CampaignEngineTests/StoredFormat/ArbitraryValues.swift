import TestRandom
import Testing
import Wire

import CampaignEngine

/// A value without parts that a random one can be made of.
protocol Arbitrary: WireValue {
  static func arbitrary(_ random: inout Random) -> Self
}

/// Fills every field of a list with something, its smallest and largest values among them. Rules are
/// not asked: the binary form does not know them.
struct ArbitraryFiller: FieldVisitor {
  var random: Random
  /// Types may hold themselves.
  private var depth = 0

  init(seed: UInt64) { random = Random(seed: seed) }

  mutating func make<Value: WireValue>(_ type: Value.Type) -> Value {
    depth += 1
    defer { depth -= 1 }
    let made: (any WireValue)? =
      if let type = type as? any Arbitrary.Type {
        type.arbitrary(&random)
      } else if let type = type as? any ArbitraryContainer.Type {
        type.filled(count: depth > 5 ? 0 : random.below(4), by: &self)
      } else if let type = type as? any WireEnum.Type {
        word(of: type)
      } else if let type = type as? any WireObject.Type {
        object(type)
      } else {
        nil
      }
    guard let value = made as? Value else {
      preconditionFailure("Say in this file what an arbitrary \(type) may be.")
    }
    return value
  }

  private mutating func word<Words: WireEnum>(of type: Words.Type) -> Words? {
    random.pick(Array(type.allCases))
  }

  private mutating func object<Object: WireObject>(_ type: Object.Type) -> Object {
    var object = Object()
    do throws(WireError) {
      try object.fields(&self)
    } catch {
      // Checks at the end of a list are for what people send.
    }
    return object
  }

  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    value = make(Value.self)
  }

  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    value = Union(tag: make(Union.Tag.self))
    try value.caseFields(&self)
  }

  mutating func extras(_ value: inout WireExtras) throws(WireError) {
    value = WireExtras()
    for number in 0..<random.below(3) {
      value.entries.append(("key \(number)", RawJSON.arbitrary(&random)))
    }
  }
}

protocol ArbitraryContainer: WireValue {
  static func filled(count: Int, by filler: inout ArbitraryFiller) -> Self
}

extension Array: ArbitraryContainer where Element: WireValue {
  static func filled(count: Int, by filler: inout ArbitraryFiller) -> Self {
    (0..<count).map { _ in filler.make(Element.self) }
  }
}

extension Optional: ArbitraryContainer where Wrapped: WireValue {
  static func filled(count: Int, by filler: inout ArbitraryFiller) -> Self {
    count == 0 ? .none : .some(filler.make(Wrapped.self))
  }
}

extension Patch: ArbitraryContainer {
  static func filled(count: Int, by filler: inout ArbitraryFiller) -> Self {
    switch count {
    case 0: .keep
    case 1: .clear
    default: .set(filler.make(Value.self))
    }
  }
}

extension WireMap: ArbitraryContainer {
  static func filled(count: Int, by filler: inout ArbitraryFiller) -> Self {
    var map = Self()
    for number in 0..<count {
      map.entries.append(("\(String.arbitrary(&filler.random))\(number)", filler.make(Value.self)))
    }
    return map
  }
}

extension Arbitrary where Self: FixedWidthInteger {
  static func arbitrary(_ random: inout Random) -> Self {
    switch random.below(5) {
    case 0: .min
    case 1: .max
    case 2: 0
    case 3: Self(truncatingIfNeeded: random.below(300))
    default: Self(truncatingIfNeeded: random.next())
    }
  }
}

extension Int: Arbitrary {}
extension Int64: Arbitrary {}
extension Int32: Arbitrary {}
extension UInt64: Arbitrary {}
extension UInt32: Arbitrary {}
extension UInt16: Arbitrary {}

extension Bool: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Bool { random.chance(2) }
}

extension String: Arbitrary {
  static func arbitrary(_ random: inout Random) -> String {
    let texts = ["", "a", "Zoë", "e\u{301}", "مريم", "👩‍👩‍👧", "\u{0}\"\\\n", "\u{10FFFF}"]
    return random.chance(9) ? String(repeating: "long ", count: 60) : random.pick(texts) ?? ""
  }
}

extension RawJSON: Arbitrary {
  static func arbitrary(_ random: inout Random) -> RawJSON {
    let texts = ["null", "1.50", #"{"a":[1,"\u00e9"]}"#, "[]", #""x""#]
    return RawJSON(validated: Array((random.pick(texts) ?? "null").utf8))
  }
}

extension ID: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Self {
    Self(space: .arbitrary(&random) >> 4, counter: .arbitrary(&random))
  }
}

extension Symbol: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Symbol {
    Symbol(rawValue: .arbitrary(&random))
  }
}

extension Scalar: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Scalar {
    random.chance(2) ? .text(.arbitrary(&random)) : .integer(.arbitrary(&random))
  }
}

extension LocalizedText: Arbitrary {
  static func arbitrary(_ random: inout Random) -> LocalizedText {
    random.chance(4) ? LocalizedText() : LocalizedText(.arbitrary(&random))
  }
}

extension Phone: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Phone { Phone(number: .arbitrary(&random)) }
}

extension Timestamp: Arbitrary {
  static func arbitrary(_ random: inout Random) -> Timestamp {
    Timestamp(milliseconds: .arbitrary(&random))
  }
}

extension TimeSpan: Arbitrary {
  static func arbitrary(_ random: inout Random) -> TimeSpan {
    TimeSpan(milliseconds: .arbitrary(&random))
  }
}

extension TimeOfDay: Arbitrary {
  static func arbitrary(_ random: inout Random) -> TimeOfDay {
    TimeOfDay(minutes: Int64(random.below(24 * 60)))
  }
}

extension CronExpression: Arbitrary {
  static func arbitrary(_ random: inout Random) -> CronExpression {
    let texts = ["0 9 * * MON-FRI", "*/30 * * * *"]
    guard let cron = CronExpression(wireText: random.pick(texts) ?? "") else {
      preconditionFailure("A cron expression of this test cannot be read.")
    }
    return cron
  }
}

extension CalendarSpan: Arbitrary {
  static func arbitrary(_ random: inout Random) -> CalendarSpan {
    // Of one sign, and within the bound that every duration has.
    let sign: Int64 = random.chance(2) ? 1 : -1
    return CalendarSpan(
      days: sign * Int64(random.below(3660)),
      rest: TimeSpan(milliseconds: sign * Int64(random.below(1 << 38))))
  }
}

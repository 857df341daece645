import Foundation
import TestRandom
import Testing
import Wire

/// Foundation has a JSON reader of its own: both take the same texts, and read the same in them.
struct FoundationJudgeTests {
  @Test(arguments: UInt64(0)..<40)
  func `a text that keeps the grammar is read as Foundation reads it`(_ seed: UInt64) throws {
    var random = Random(seed: seed)
    for _ in 0..<100 {
      let text = random.jsonText(depth: 4)
      let ours = try? JSON.decode(JSONValue.self, from: Array(text.utf8))
      let theirs = Self.foundation(Array(text.utf8))
      try #require(ours != nil && theirs != nil, "seed \(seed): \(text)")
      #expect(ours.map(JudgedValue.init) == theirs, "seed \(seed): \(text)")
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `a text with a few bytes changed is taken or refused as Foundation does`(
    _ seed: UInt64
  ) throws {
    var random = Random(seed: seed)
    var (taken, refused) = (0, 0)
    for _ in 0..<200 {
      let bytes = random.damaged(Array(random.jsonText(depth: 3).utf8))
      if Self.isLeftOpen(bytes) { continue }
      let ours: JSONValue
      do throws(WireError) {
        ours = try JSON.decode(JSONValue.self, from: bytes)
      } catch {
        // A key that comes twice is refused by choice: Foundation takes one of the two.
        if error.reason == "duplicate_key" || Self.isCommaBeforeEnd(bytes, error.position) {
          continue
        }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(Self.foundation(bytes) == nil, "seed \(seed): \(text): \(error)")
        refused += 1
        continue
      }
      let value = JudgedValue(ours)
      if !ours.isHeld { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(value == Self.foundation(bytes), "seed \(seed): \(text)")
      taken += 1
    }
    #expect(taken > 10 && refused > 10)
  }

  private static func foundation(_ bytes: [UInt8]) -> JudgedValue? {
    try? JSONDecoder().decode(JudgedValue.self, from: Data(bytes))
  }

  /// What the grammar does not decide: Foundation guesses another encoding than UTF-8 from a mark of
  /// the byte order, or from bytes that are zero.
  private static func isLeftOpen(_ bytes: [UInt8]) -> Bool {
    bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0xFF, 0xFE])
  }

  /// Foundation takes `[1,]` and `{"a":1,}`, against the grammar.
  private static func isCommaBeforeEnd(_ bytes: [UInt8], _ position: Int?) -> Bool {
    guard let position, bytes.indices.contains(position), "]}".utf8.contains(bytes[position])
    else { return false }
    return bytes[..<position].last { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: ",")
  }
}

extension JSONValue {
  /// Foundation refuses numbers too large or too close to zero for it to hold.
  fileprivate var isHeld: Bool {
    switch self {
    case .null, .bool, .string: true
    case .number(let text):
      Double(text).map { $0.isNormal || !text.contains(/^-?[0.]*[1-9]/) } ?? false
    case .array(let elements): elements.allSatisfy(\.isHeld)
    case .object(let members): members.allSatisfy(\.1.isHeld)
    }
  }
}

/// What two readers can agree on: numbers by what they are worth, members by name.
private enum JudgedValue: Equatable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  /// By scalars: the same letters composed otherwise are another text.
  case string([UInt32])
  case array([JudgedValue])
  case object([[UInt32]: JudgedValue])

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool(let bool): .bool(bool)
      case .number(let text): .number(Double(text) ?? .nan)
      case .string(let text): .string(Self.scalars(text))
      case .array(let elements): .array(elements.map(JudgedValue.init))
      case .object(let members):
        .object(
          Dictionary(
            uniqueKeysWithValues: members.map { (Self.scalars($0.0), JudgedValue($0.1)) }))
      }
  }

  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Key.self) {
      var object: [[UInt32]: JudgedValue] = [:]
      for key in members.allKeys {
        object[Self.scalars(key.stringValue)] = try members.decode(JudgedValue.self, forKey: key)
      }
      self = .object(object)
    } else if var elements = try? decoder.unkeyedContainer() {
      var array: [JudgedValue] = []
      while !elements.isAtEnd { array.append(try elements.decode(JudgedValue.self)) }
      self = .array(array)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let bool = try? container.decode(Bool.self) {
        self = .bool(bool)
      } else if let text = try? container.decode(String.self) {
        self = .string(Self.scalars(text))
      } else {
        self = .number(try container.decode(Double.self))
      }
    }
  }

  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}

extension Random {
  /// A text that keeps the grammar, written in one of the ways that it leaves open. No name comes twice
  /// in an object.
  fileprivate mutating func jsonText(depth: Int) -> String {
    let gap = space()
    let value =
      switch below(depth > 0 ? 7 : 5) {
      case 0: ["null", "true", "false"][below(3)]
      case 1: "\(integer())"
      case 2:
        "\(chance(2) ? "-" : "")\(below(1000)).\(below(1000))e\(chance(2) ? "-" : "+")\(below(20))"
      case 3, 4: quoted(text())
      case 5:
        "[" + (0..<below(4)).map { _ in jsonText(depth: depth - 1) }.joined(separator: ",") + "]"
      default:
        "{"
          + (0..<below(4)).map { number in
            space() + quoted("\(number):" + text(upTo: 6)) + space() + ":"
              + jsonText(depth: depth - 1)
          }.joined(separator: ",") + "}"
      }
    return gap + value + space()
  }

  private mutating func space() -> String {
    chance(3) ? ["", " ", "\t", "\n", "\r\n "][below(5)] : ""
  }

  /// Each scalar by itself, escaped in a short way, or by its number.
  private mutating func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      let short = ["\"": "\\\"", "\\": "\\\\", "/": "\\/", "\n": "\\n", "\t": "\\t"][String(scalar)]
      if let short, scalar == "/" ? chance(2) : true {
        quoted += short
      } else if scalar.value < 0x20 || chance(4) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: chance(2))
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// One or two bytes taken out, put in, or changed.
  fileprivate mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let likely = Array(#"{}[]",:\u0159-+.tfn /"#.utf8) + [0x0A, 0x1F, 0x80, 0xC3, 0xED, 0xF4]
    for _ in 0...below(2) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(3) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(likely[below(likely.count)], at: place)
      default: bytes[place] = likely[below(likely.count)]
      }
    }
    return bytes
  }
}

import TestRandom
import Testing
import Wire

/// Random values go through both forms and come back the same.
struct RoundTripTests {
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a guest comes back from JSON and from the binary form`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let guest = random.guest()
    #expect(try Binary.decode(Guest.self, from: Binary.encode(guest)) == guest, "seed \(seed)")
    let json = JSON.encode(guest)
    #expect(!json.contains(0x0A), "seed \(seed)")
    let back = try JSON.decode(Guest.self, from: json)
    #expect(back == guest, "seed \(seed)")
    #expect(JSON.encode(back) == json, "seed \(seed)")
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a node comes back with its extras`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let nodes = (0..<random.below(5)).map { _ in random.node() }
    #expect(try JSON.decode([Node].self, from: JSON.encode(nodes)) == nodes, "seed \(seed)")
    #expect(try Binary.decode([Node].self, from: Binary.encode(nodes)) == nodes, "seed \(seed)")
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `a value without a type comes back`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let value = random.value(depth: 5)
    let json = JSON.encode(value)
    try JSON.validate(json)
    #expect(try JSON.decode(JSONValue.self, from: json) == value, "seed \(seed)")
    #expect(try JSON.decode(RawJSON.self, from: json).bytes == json, "seed \(seed)")
    #expect(try Binary.decode(JSONValue.self, from: Binary.encode(value)) == value, "seed \(seed)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `integers and texts come back`(seed: UInt64) throws {
    var random = Random(seed: seed)
    for _ in 0..<100 {
      let integer = random.integer()
      #expect(try JSON.decode(Int64.self, from: JSON.encode(integer)) == integer, "seed \(seed)")
      #expect(
        try Binary.decode(Int64.self, from: Binary.encode(integer)) == integer, "seed \(seed)")
      let text = random.text(upTo: 40)
      let back = try JSON.decode(String.self, from: JSON.encode(text))
      #expect(Array(back.utf8) == Array(text.utf8), "seed \(seed)")
    }
  }

  /// A changed byte may change the meaning, but the typed reader answers.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a damaged text is refused or read`(seed: UInt64) throws {
    var random = Random(seed: seed)
    let whole = JSON.encode(random.guest())
    let spare = Array(#"{}[]",:\0-x "#.utf8)
    for _ in 0..<200 {
      var text = whole
      for _ in 0...random.below(3) {
        text[random.below(text.count)] = spare[random.below(spare.count)]
      }
      do throws(WireError) {
        _ = try JSON.decode(Guest.self, from: text)
      } catch {
        #expect(!error.reason.isEmpty && !error.message.isEmpty, "seed \(seed)")
        #expect((0...text.count).contains(error.position ?? -1), "seed \(seed)")
      }
    }
  }
}

extension Random {
  mutating func place() -> Place {
    Place(x: Int32(truncatingIfNeeded: next()), y: Int32(truncatingIfNeeded: integer()))
  }

  mutating func guest() -> Guest {
    var guest = Guest()
    guest.id = text()
    guest.name = "n" + text(upTo: 4)
    guest.partySize = 1 + below(20)
    guest.isVIP = chance(2)
    guest.answer = Answer.allCases[below(Answer.allCases.count)]
    guest.note = chance(2) ? nil : text()
    guest.limit = 1 + below(500)
    guest.tags = (0..<below(4)).map { _ in ["bride", "groom", "a"][below(3)] }
    for _ in 0..<below(30) { guest.texts[text(upTo: 6)] = text() }
    guest.place = place()
    guest.handle = chance(2) ? nil : Handle(text())
    guest.cursor = chance(2) ? nil : text()
    return guest
  }

  mutating func extras(_ prefix: String) -> WireExtras {
    var extras = WireExtras()
    for number in 0..<below(20) {
      let raw = RawJSON(validated: JSON.encode(value(depth: 2)))
      extras.entries.append(("\(prefix)\(number):\(text(upTo: 4))", raw))
    }
    return extras
  }

  mutating func node() -> Node {
    let step: Step =
      switch below(3) {
      case 0: .delay(hours: 1 + below(1000))
      case 1: .send(Step.Send(template: text(), place: chance(2) ? nil : place()))
      default: .end
      }
    return Node(id: text(), step: step, stepExtras: extras("s"), extras: extras("x"))
  }

  mutating func value(depth: Int) -> JSONValue {
    switch below(depth > 0 ? 6 : 4) {
    case 0: return chance(3) ? .null : .bool(chance(2))
    case 1: return .number(String(integer()))
    case 2, 3: return .string(text())
    case 4: return .array((0..<below(5)).map { _ in value(depth: depth - 1) })
    default:
      return .object((0..<below(5)).map { ("\($0):\(text(upTo: 5))", value(depth: depth - 1)) })
    }
  }
}

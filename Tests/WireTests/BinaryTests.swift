import TestRandom
import Testing
import Wire

/// The same list at three ages.
private struct Old: WireObject, Equatable {
  var id = 0
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "")
  }
}

private struct Newer: WireObject, Equatable {
  var id = 0
  var name = "unnamed"
  var step = Step.delay(hours: 24)
  var extras = WireExtras()
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "")
    try visit.field("name", &name, "")
    try visit.union("type", &step, "")
    try visit.extras(&extras)
  }
}

struct BinaryTests {
  private func damage<Value: WireValue>(_ type: Value.Type, _ bytes: [UInt8]) -> WireError? {
    do throws(WireError) {
      _ = try Binary.decode(type, from: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test
  func `an object is its length and its fields`() throws {
    #expect(Binary.encode(Place(x: 1, y: -2)) == [2, 2, 3])
    #expect(Binary.encode(Old(id: 300)) == [2, 0xD8, 0x04])
    #expect(Binary.encode([Place(), Place()]) == [2, 2, 0, 0, 2, 0, 0])
    #expect(Binary.encode(Update(name: .keep, size: .clear)) == [2, 0, 1])
    #expect(Binary.encode("é") == [2, 0xC3, 0xA9])
    #expect(Binary.encode(Answer.declined) == [2])
    #expect(Binary.encode(nil as Int?) == [0])
    #expect(Binary.encode(true) == [1])
  }

  @Test(
    arguments: [
      (0, [0]), (-1, [1]), (1, [2]), (63, [126]), (64, [128, 1]), (-64, [127]),
      (Int64.max, [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]),
      (Int64.min, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]),
    ] as [(Int64, [UInt8])])
  func `small integers are short`(value: Int64, form: [UInt8]) throws {
    #expect(Binary.encode(value) == form)
    #expect(try Binary.decode(Int64.self, from: form) == value)
  }

  @Test(arguments: [0, 1, 254, 255, 256, 300, 70_000])
  func `short and long objects come back`(length: Int) throws {
    var guest = Guest()
    guest.id = String(repeating: "x", count: length)
    guest.cursor = "c"
    #expect(try Binary.decode(Guest.self, from: Binary.encode(guest)) == guest)
    let tree = Tree(value: length, children: [Tree(value: 1), Tree(value: 2, children: [Tree()])])
    #expect(try Binary.decode(Tree.self, from: Binary.encode(tree)) == tree)
  }

  @Test
  func `nothing is omitted and rules are not asked`() throws {
    var guest = try read(Guest.self, fullGuest)
    (guest.name, guest.limit, guest.cursor) = ("far too long for the rule", 100_000, nil)
    #expect(try Binary.decode(Guest.self, from: Binary.encode(guest)) == guest)
  }

  @Test
  func `an old record keeps the defaults of what it lacks`() throws {
    let newer = try Binary.decode(Newer.self, from: Binary.encode(Old(id: 7)))
    #expect(newer == Newer(id: 7))
    // Also when it stands between others.
    #expect(
      try Binary.decode([Newer].self, from: Binary.encode([Old(id: 1), Old(id: 2)]))
        == [Newer(id: 1), Newer(id: 2)])
  }

  @Test
  func `a record of a newer list is refused, not cut`() {
    let error = damage(Old.self, Binary.encode(Newer(id: 7)))
    #expect(error?.reason == "damaged")
    #expect(error?.message.contains("newer format") == true)
    #expect(damage(Int.self, [2, 2])?.message == "expected the end; found 1 more bytes")
  }

  @Test(
    arguments: [
      [], [0x80], [0x80, 0x00], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ] as [[UInt8]])
  func `a number that is cut, too long or padded is damage`(form: [UInt8]) {
    #expect(damage(UInt64.self, form)?.reason == "damaged")
    #expect(damage(Int64.self, form)?.reason == "damaged")
  }

  @Test
  func `values out of their type are damage`() {
    #expect(damage(UInt16.self, [0x80, 0x80, 0x04])?.reason == "damaged")
    #expect(damage(Int32.self, Binary.encode(Int64(Int32.max) + 1))?.reason == "damaged")
    #expect(damage(Bool.self, [2])?.reason == "damaged")
    #expect(damage(Int?.self, [2, 0])?.reason == "damaged")
    #expect(damage(Patch<Int>.self, [3, 0])?.reason == "damaged")
    #expect(damage(Answer.self, [4])?.reason == "damaged")
    #expect(damage(String.self, [2, 0xC3, 0x28])?.reason == "damaged")
    #expect(damage(Handle.self, [1, 0x61])?.reason == "damaged")
    #expect(damage(RawJSON.self, [1, 0x7B])?.reason == "damaged")
    #expect(
      damage(JSONValue.self, Binary.encode(RawJSON(validated: bytes(#"{"a":1,"a":1}"#))))?.reason
        == "damaged")
    #expect(damage(WireMap<Int>.self, [2, 1, 0x61, 0, 1, 0x61, 0])?.reason == "damaged")
    #expect(damage(Place.self, [255, 2, 0, 0, 0, 0, 0])?.reason == "damaged")
  }

  @Test(
    arguments: [
      [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
      [0x05], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ] as [[UInt8]])
  func `a false length reserves nothing`(form: [UInt8]) {
    #expect(damage(String.self, form)?.reason == "damaged")
    #expect(damage([Guest].self, form)?.reason == "damaged")
    #expect(damage(WireMap<Int>.self, form)?.reason == "damaged")
    #expect(damage(RawJSON.self, form)?.reason == "damaged")
    #expect(damage(Guest.self, [255] + form.suffix(4))?.reason == "damaged")
  }

  @Test
  func `a record that nests for ever is refused`() {
    // Each level is an object of a zero, one child, and that child's long length.
    var record: [UInt8] = [2, 0, 0]
    for _ in 0..<2000 {
      let content = [0, 1] + record
      record =
        content.count < 255
        ? [UInt8(content.count)] + content
        : [255] + (0..<4).map { UInt8(truncatingIfNeeded: content.count >> ($0 * 8)) } + content
    }
    #expect(damage(Tree.self, record)?.reason == "too_deep")
  }

  @Test(arguments: [
    #"{"id":"a","type":"send","data":{"template":"t","place":{"x":1,"y":2},"label":"L"},"w":[1]}"#,
    #"{"id":"a","type":"delay","data":{"hours":5}}"#,
  ])
  func `unions and extras come back`(json: String) throws {
    let node = try read(Node.self, json)
    #expect(try Binary.decode(Node.self, from: Binary.encode(node)) == node)
    #expect(text(try Binary.decode(Node.self, from: Binary.encode(node))) == json)
  }

  @Test
  func `every truncation and every changed byte throws or decodes`() throws {
    let guest = Binary.encode(try read(Guest.self, fullGuest))
    let node = Binary.encode([
      try read(
        Node.self, #"{"id":"a","type":"send","data":{"template":"t","k":[1,"x"]},"w":{"a":1}}"#)
    ])
    let value = Binary.encode(try read(JSONValue.self, fullGuest))
    try batter(Guest.self, guest)
    try batter([Node].self, node)
    try batter(JSONValue.self, value)
  }

  private func batter<Value: WireValue>(_ type: Value.Type, _ record: [UInt8]) throws {
    for length in record.indices {
      #expect(damage(type, Array(record[..<length])) != nil, "\(length)")
    }
    for place in record.indices {
      for change in 1...255 as ClosedRange<UInt8> {
        var changed = record
        changed[place] ^= change
        if let error = damage(type, changed) {
          #expect(["damaged", "too_deep"].contains(error.reason))
          #expect((0...record.count).contains(error.position ?? -1))
        }
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `no bytes make the reader trap`(seed: UInt64) {
    var random = Random(seed: seed)
    for _ in 0..<500 {
      let record = (0..<random.below(40)).map { _ in
        random.chance(2) ? UInt8(random.below(6)) : UInt8(random.below(256))
      }
      _ = damage(Guest.self, record)
      _ = damage([Node].self, record)
      _ = damage(Tree.self, record)
      _ = damage(WireMap<JSONValue>.self, record)
    }
  }
}

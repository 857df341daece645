import TestRandom
import Testing
import Wire

struct ObjectTests {
  private let minimal =
    #"{"id":"gst_1","name":"Meera","party_size":2,"is_vip":true,"answer":"maybe","tags":[]}"#

  @Test
  func `all fields are read, in order`() throws {
    let guest = try read(Guest.self, fullGuest)
    #expect(guest.id == "gst_1")
    #expect(guest.name == "Meera")
    #expect(guest.partySize == 2)
    #expect(guest.isVIP)
    #expect(guest.answer == .maybe)
    #expect(guest.note == "n")
    #expect(guest.limit == 9)
    #expect(guest.tags == ["bride"])
    #expect(guest.texts == ["*": "Hi", "id": "Hai"])
    #expect(guest.place == Place(x: 1, y: -2))
    #expect(guest.handle == Handle("yes"))
    #expect(guest.cursor == "c")
    #expect(text(guest) == fullGuest)
  }

  @Test
  func `absent fields keep their defaults or are nil`() throws {
    var expected = Guest()
    (expected.id, expected.name, expected.partySize) = ("gst_1", "Meera", 2)
    (expected.isVIP, expected.answer) = (true, .maybe)
    #expect(try read(Guest.self, minimal) == expected)
  }

  @Test
  func `null counts as absent for optional and defaulted fields`() throws {
    let nulls =
      minimal.dropLast() + #","note":null,"limit":null,"texts":null,"place":null,"handle":null}"#
    #expect(try read(Guest.self, String(nulls)) == read(Guest.self, minimal))
  }

  @Test
  func `nil is written as null, and left out only where it is omittable`() throws {
    let written = text(try read(Guest.self, minimal))
    #expect(written.contains(#""note":null"#))
    #expect(written.contains(#""handle":null"#))
    #expect(!written.contains("next_cursor"))
  }

  @Test(arguments: ["id", "name", "party_size", "is_vip", "answer", "tags"])
  func `a required field must be there and not null`(name: String) throws {
    guard case .object(let members) = try read(JSONValue.self, fullGuest) else { return }
    let without = JSONValue.object(members.filter { $0.0 != name })
    let missing = failure(Guest.self, text(without), root: "params")
    #expect(missing?.description == "params.\(name): expected a value; found none")
    #expect(missing?.reason == "required")
    let null = JSONValue.object(members.map { $0.0 == name ? ($0.0, .null) : $0 })
    let wrong = failure(Guest.self, text(null), root: "params")
    #expect(wrong?.path == "params.\(name)")
    #expect(wrong?.reason == "wrong_type")
    #expect(wrong?.message.hasSuffix("; found null") == true)
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `keys are taken in any order`(seed: UInt64) throws {
    var random = Random(seed: seed)
    guard case .object(let members) = try read(JSONValue.self, fullGuest) else { return }
    let shuffled = JSONValue.object(members.shuffled(using: &random))
    #expect(try read(Guest.self, text(shuffled)) == read(Guest.self, fullGuest), "seed \(seed)")
    // And with any of the optional ones missing.
    let optional: Set = ["note", "limit", "texts", "place", "handle", "next_cursor"]
    let sparse = members.filter { !optional.contains($0.0) || random.chance(2) }
    let inOrder = try read(Guest.self, text(JSONValue.object(sparse)))
    #expect(
      try read(Guest.self, text(JSONValue.object(sparse.shuffled(using: &random)))) == inOrder,
      "seed \(seed)")
  }

  @Test
  func `space and escapes in keys do not matter`() throws {
    let spaced = " { \"x\" : 1 ,\r\n\t\"y\" : 2 } "
    #expect(try read(Place.self, spaced) == Place(x: 1, y: 2))
    #expect(try read(Place.self, #"{"\u0078":1,"\u0079":2}"#) == Place(x: 1, y: 2))
    #expect(try read(Place.self, #"{"y":2,"\u0078":1}"#) == Place(x: 1, y: 2))
  }

  @Test(arguments: [
    #"{"x":1,"x":1,"y":2}"#, #"{"x":1,"y":2,"x":1}"#, #"{"x":1,"y":2,"y":2}"#,
    #"{"y":2,"x":1,"y":2}"#, #"{"x":1,"\u0078":1,"y":2}"#, #"{"x":1,"y":2,"\u0079":1}"#,
    #"{"\u0078":1,"\u0078":1,"y":2}"#, #"{"x":1,"y":2,"z":3,"z":4}"#,
  ])
  func `equal names are refused, also when spelled differently`(json: String) {
    #expect(failure(Place.self, json)?.reason == "duplicate_key")
    #expect(failure(WireMap<Int>.self, json)?.reason == "duplicate_key")
    #expect(failure(JSONValue.self, json)?.reason == "duplicate_key")
    #expect(failure(JSONValue.self, json)?.position != nil)
  }

  @Test
  func `the second of equal names among many is found`() {
    for count in [12, 13, 16, 17, 18, 40, 3000] {
      let keys = (0..<count).map { "key_\($0)" } + ["key_7"]
      let json = "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
      for error in [failure(Node.self, json), failure(WireMap<Int>.self, json)] {
        #expect(error?.reason == "duplicate_key")
        #expect(error?.path == "key_7")
        #expect(error?.message == #"expected keys that differ; found "key_7" twice"#)
        #expect(error?.position == json.utf8.count - #""key_7":0}"#.utf8.count)
      }
    }
  }

  @Test
  func `names that only look alike are two names`() throws {
    let map = try read(WireMap<Int>.self, "{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(map.count == 2)
    #expect(map["\u{E9}"] == 1)
    #expect(map["e\u{301}"] == 2)
    #expect(failure(Answer.self, "\"\u{212A}\"")?.reason == "not_one_of")
  }

  @Test
  func `an object is an object`() {
    #expect(failure(Place.self, "[]")?.message == "expected an object; found an array")
    #expect(failure(Place.self, "\"secret\"")?.message == "expected an object; found a text")
    #expect(failure(Place.self, "{}")?.path == "x")
  }

  @Test
  func `what a list checks itself is placed at its object`() throws {
    #expect(try read(Span.self, #"{"from":1,"to":2}"#) == Span(from: 1, to: 2))
    let error = failure(
      [Span].self, #"[{"from":1,"to":2},{"from":3,"to":2}]"#, root: "params.spans")
    #expect(error?.description == "params.spans[1].to: expected at least 3; found 2")
    // What breaks the check is written whole all the same.
    #expect(text(Span(from: 3, to: 2)) == #"{"from":3,"to":2}"#)
  }

  @Test
  func `a patch keeps, clears or sets`() throws {
    let cases: [(String, Update)] = [
      ("{}", Update()), (#"{"name":null}"#, Update(name: .clear)),
      (#"{"name":"Budi","size":4}"#, Update(name: .set("Budi"), size: .set(4))),
    ]
    for (json, update) in cases {
      #expect(try read(Update.self, json) == update)
      #expect(text(update) == json)
    }
    #expect(failure(Update.self, #"{"name":""}"#)?.reason == "too_short")
  }

  @Test
  func `a deep tree is read to the limit and not beyond`() throws {
    func tree(_ levels: Int) -> String {
      nested(levels - 1, #"{"value":1,"children":["#, "]}", #"{"value":0}"#)
    }
    #expect(try read(Tree.self, tree(32)).children.count == 1)
    #expect(failure(Tree.self, tree(34))?.reason == "too_deep")
  }
}

import Testing
import Wire

struct MapTests {
  @Test
  func `a map keeps its order and takes any key`() throws {
    let json = #"{"z":1,"":2,"a\"b":3,"मीरा":4}"#
    let map = try read(WireMap<Int>.self, json)
    #expect(map.keys == ["z", "", "a\"b", "मीरा"])
    #expect(text(map) == json)
    #expect(map[""] == 2)
    #expect(map["y"] == nil)
  }

  @Test
  func `a map is changed by key`() {
    var map: WireMap<Int> = ["a": 1, "b": 2, "a": 3]
    #expect(map.keys == ["a", "b"])
    #expect(map["a"] == 3)
    map["b"] = nil
    map["c"] = 4
    map["d"] = nil
    #expect(map == ["a": 3, "c": 4])
    #expect(map != ["c": 4, "a": 3])
    #expect(map.count == 2)
    #expect(!map.isEmpty)
  }

  @Test
  func `an empty map is an empty object`() throws {
    #expect(try read(WireMap<Int>.self, "{ }").isEmpty)
    #expect(text(WireMap<Int>()) == "{}")
    #expect(try read([WireMap<Int>].self, #"[{},{"a":1},{}]"#).map(\.count) == [0, 1, 0])
  }

  @Test
  func `arrays nest`() throws {
    let json = #"[[],[[]],[[1],[],[2,3]]]"#
    #expect(try read([[[Int]]].self, json) == [[], [[]], [[1], [], [2, 3]]])
    #expect(text(try read([[[Int]]].self, " [ [ ] , [[]],[[1],[ ],[2 , 3]]] ")) == json)
    #expect(try read([Int?].self, "[null, 1]") == [nil, 1])
    #expect(text([nil, 1] as [Int?]) == "[null,1]")
    #expect(try read([Bool].self, "[true,false]") == [true, false])
  }

  @Test
  func `a value without a type can be looked into`() throws {
    let value = try read(JSONValue.self, #"{"a":[1,{"b":null}],"c":"x"}"#)
    #expect(value["a"]?[0] == .number("1"))
    #expect(value["a"]?[1]?["b"] == .null)
    #expect(value["a"]?[2] == nil)
    #expect(value["z"] == nil)
    #expect(value[0] == nil)
    #expect(value["c"]?["d"] == nil)
    #expect(value == (try read(JSONValue.self, #"{"c":"x","a":[1,{"b":null}]}"#)))
    #expect(value != (try read(JSONValue.self, #"{"c":"x","a":[1,{"b":0}]}"#)))
    #expect(JSONValue.null != .bool(false))
  }

  @Test
  func `a writer sets its commas by itself`() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("jsonrpc" as StaticString)
    writer.raw("\"2.0\"" as StaticString)
    writer.key("a\"b" as String)
    writer.beginArray()
    writer.integer(-1)
    writer.raw(bytes("[]"))
    writer.null()
    writer.bool(true)
    writer.bool(false)
    writer.beginObject()
    writer.endObject()
    writer.string("x")
    writer.endArray()
    writer.key("n" as String)
    writer.unsigned(.max)
    writer.endObject()
    let json = #"{"jsonrpc":"2.0","a\"b":[-1,[],null,true,false,{},"x"],"n":18446744073709551615}"#
    #expect(writer.bytes == bytes(json))
    writer.bytes.append(0x0A)
    #expect(writer.bytes == bytes(json + "\n"))
  }
}

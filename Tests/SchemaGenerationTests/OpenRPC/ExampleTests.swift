import JSONRPC
import Testing
import Wire

import SchemaGeneration

struct ExampleTests {
  private let sample: SampleDocument

  init() throws {
    sample = try SampleDocument()
  }

  /// The examples of a method as the document has them: params by name, and the result.
  private func examples(of method: String) -> [(params: JSONValue, result: JSONValue)] {
    (sample.method(method)?["examples"]?.elements ?? []).map { example in
      let params = (example["params"]?.elements ?? []).map { param in
        (param["name"]?.text ?? "", param["value"] ?? .null)
      }
      return (.object(params), example["result"]?["value"] ?? .null)
    }
  }

  private func check<Member: Method>(_ method: Member.Type) throws {
    let examples = examples(of: Member.name)
    try #require(examples.count == Member.examples.count)
    for (example, source) in zip(examples, Member.examples) {
      #expect(try example.params == JSONValue(source.params))
      #expect(try example.result == JSONValue(source.result))
      _ = try JSON.decode(Member.Params.self, from: JSON.encode(example.params))
      _ = try JSON.decode(Member.Output.self, from: JSON.encode(example.result))
    }
  }

  @Test
  func `examples are values that the methods read and write`() throws {
    try check(PlaceEverything.self)
    try check(UpdateGuest.self)
    try check(ListGuests.self)
  }

  @Test(arguments: ["sample.place", "guest.update", "guest.list"])
  func `examples fit the schemas`(method: String) throws {
    let result = try #require(sample.method(method)?["result"]?["schema"])
    for example in examples(of: method) {
      #expect(
        try sample.validator.accepts(example.params, sample.paramsSchema(method)))
      #expect(try sample.validator.accepts(example.result, result))
    }
  }

  @Test
  func `a param of an example stands where the param stands`() throws {
    struct Swapped: DeskMethod {
      static let name = "sample.swapped"
      static let summary = "Has an example in another order."
      static let examples = [
        MethodExample(
          name: "swapped", params: #"{ "note": "n",\#n "guest_id": 1e0 }"#, result: "[ 1, 2 ]")
      ]
      typealias Params = UpdateGuest.Params
      typealias Output = RawJSON
      static func run(_ params: Params, in context: isolated Desk) -> Output { .null }
    }
    let sample = try SampleDocument(MethodRegistry([.method(Swapped.self)]))
    #expect(
      try sample.method("sample.swapped")?["examples"]
        == JSONValue(
          """
          [{"name": "swapped", "result": {"name": "result", "value": [1, 2]},
            "params": [{"name": "guest_id", "value": 1e0}, {"name": "note", "value": "n"}]}]
          """))
  }
}

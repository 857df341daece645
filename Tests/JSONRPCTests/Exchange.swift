import JSONRPC
import Testing
import Wire

/// One message and its answer. Errors are compared by code and id: their wording is free.
struct Exchange: Sendable, CustomTestStringConvertible {
  let rule: String
  let request: String
  let answer: String?

  init(_ rule: String, _ request: String, _ answer: String?) {
    self.rule = rule
    self.request = request
    self.answer = answer
  }

  var testDescription: String { rule }

  func check(on center: TestCenter) async throws {
    let found = await center.answer(request)
    let expected = try answer.map { try Self.reduced($0) }
    #expect(try found.map { try Self.reduced($0) } == expected, "answered \(found ?? "nothing")")
  }

  static func success(_ id: String, _ result: String) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\(result)}"
  }

  static func failure(_ id: String, _ code: Int) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"error\":{\"code\":\(code)}}"
  }

  /// The answer without the words and data of its errors.
  private static func reduced(_ text: String) throws -> JSONValue {
    reduced(try JSON.decode(JSONValue.self, from: Array(text.utf8)))
  }

  private static func reduced(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map(reduced))
    case .object(let members):
      .object(
        members.map { name, value in
          guard name == "error", let code = value["code"] else { return (name, value) }
          return (name, .object([("code", code)]))
        })
    default: value
    }
  }
}

import ServiceTesting
import Testing
import Wire

/// What compares everything else is itself compared here.
struct ExpectationTests {
  private func value(_ text: String) throws -> JSONValue {
    try JSON.decode(JSONValue.self, from: Array(text.utf8))
  }

  private func count(_ expected: String, _ actual: String) throws -> Int {
    var expectation = Expectation()
    return expectation.differences(try value(expected), try value(actual)).count
  }

  @Test(arguments: [
    (#"{"a": 1, "b": [true, null]}"#, #"{"b": [true, null], "a": 1}"#),
    (#"{"a": "<any>", "b": "<any>"}"#, #"{"a": 0, "b": {"c": []}}"#),
    (#"["<caller>", "<caller>"]"#, #"[null, "owner"]"#),
    (#"["<time>"]"#, #"["2026-11-22T09:30:00.000Z"]"#),
    (#"["<id>", "<id>", "at <id>"]"#, #"["x", "x", "at x"]"#),
  ])
  func `an answer as expected has no differences`(_ expected: String, _ actual: String) throws {
    #expect(try count(expected, actual) == 0)
  }

  @Test(arguments: [
    (#"{"a": 1}"#, #"{"a": 2}"#), (#"{"a": 1}"#, #"{"a": "1"}"#), (#"{"a": 1}"#, #"{"a": null}"#),
    (#"{"a": null}"#, #"{"a": 1}"#), (#"{"a": 1}"#, "{}"), ("{}", #"{"a": 1}"#),
    ("[1]", "[1, 2]"), ("[1, 2]", "[1]"), ("[1.5]", "[1.50]"), (#"["<any>"]"#, "[null]"),
    (#"["<caller>"]"#, "[1]"),
    (#"["<time>"]"#, #"["2026-11-22T09:30:00Z"]"#), (#"["<time>"]"#, "[7]"),
    (#"["<id>", "<id>"]"#, #"["x", "y"]"#), (#"["<id>"]"#, "[1]"), (#"["<Any>"]"#, "[1]"),
  ])
  func `every difference is found`(_ expected: String, _ actual: String) throws {
    #expect(try count(expected, actual) == 1)
  }
}

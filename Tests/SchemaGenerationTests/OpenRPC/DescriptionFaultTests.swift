import JSONRPC
import Testing
import Wire

@testable import SchemaGeneration

/// Registries that no document can describe.
struct DescriptionFaultTests {
  private func fault(_ entry: MethodEntry<Desk>) -> String? {
    do throws(DescriptionFault) {
      _ = try OpenRPCDocument(
        checking: MethodRegistry([entry]), title: "", version: "", description: "", servers: [])
      return nil
    } catch {
      return error.description
    }
  }

  private struct OptionalFirst: DeskMethod {
    static let name = "sample.order"
    static let summary = ""
    struct Params: WireObject {
      var note: String?
      var limit = 1
      var id = ""
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("note", &note, "")
        try visit.field("limit", &limit, "", .defaulted)
        try visit.field("id", &id, "")
      }
    }
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private struct Repeated: DeskMethod {
    static let name = "sample.repeated"
    static let summary = ""
    struct Params: WireObject {
      var id = ""
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("id", &id, "")
        try visit.field("id", &id, "")
      }
    }
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private struct UnionParams: DeskMethod {
    static let name = "sample.union"
    static let summary = ""
    typealias Params = Action
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private struct OpenParams: DeskMethod {
    static let name = "sample.open"
    static let summary = ""
    typealias Params = Edge
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private struct RepeatedError: DeskMethod {
    static let name = "sample.errors"
    static let summary = ""
    static let errors = [
      ErrorDescription(code: 1001, message: "a"), ErrorDescription(code: 1001, message: "b"),
    ]
    typealias Params = Place
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private struct SameName: DeskMethod {
    static let name = "sample.names"
    static let summary = ""
    struct Output: WireObject {
      static let schemaName = "Answer"
      var answer = SchemaGenerationTests.Answer.pending
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("answer", &answer, "")
      }
    }
    typealias Params = Place
    static func run(_ params: Params, in context: isolated Desk) -> Output { Output() }
  }

  private struct BadName: DeskMethod {
    static let name = "sample.name"
    static let summary = ""
    struct Output: WireObject {
      static let schemaName = "Gäste"
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
    }
    typealias Params = Place
    static func run(_ params: Params, in context: isolated Desk) -> Output { Output() }
  }

  @Test
  func `params that a call by position would mistake are refused`() {
    #expect(
      fault(.method(OptionalFirst.self))
        == "sample.order has the required param id behind the optional note; required ones come first."
    )
    #expect(fault(.method(Repeated.self)) == "sample.repeated has two params called id.")
  }

  @Test
  func `params that are no plain list are refused`() {
    let sentence = "hold a union or unknown keys; give those a field."
    #expect(fault(.method(UnionParams.self)) == "The params of sample.union \(sentence)")
    #expect(fault(.method(OpenParams.self)) == "The params of sample.open \(sentence)")
  }

  @Test
  func `an error code is listed once`() {
    #expect(fault(.method(RepeatedError.self)) == "sample.errors lists the error 1001 twice.")
  }

  @Test
  func `a name stands for one schema and is plain`() {
    #expect(
      fault(.method(SameName.self)) == "Two schemas are called Answer; rename one of the types.")
    #expect(
      fault(.method(BadName.self))
        == "\"Gäste\" names a schema; only A-Z, a-z, 0-9, . _ and - may.")
  }

  /// A method whose examples each test sets by a type argument.
  private protocol Examples: SendableMetatype {
    static var list: [MethodExample] { get }
  }

  private struct WithExamples<List: Examples>: DeskMethod {
    static var name: String { "sample.examples" }
    static var summary: String { "" }
    static var examples: [MethodExample] { List.list }
    typealias Params = Place
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  private enum Twice: Examples {
    static let list = Array(
      repeating: MethodExample(name: "a", params: #"{"x": 1}"#, result: "true"), count: 2)
  }
  private enum Positional: Examples {
    static let list = [MethodExample(name: "a", params: "[1]", result: "true")]
  }
  private enum Unknown: Examples {
    static let list = [MethodExample(name: "a", params: #"{"x": 1, "y": 2}"#, result: "true")]
  }
  private enum Incomplete: Examples {
    static let list = [MethodExample(name: "a", params: "{}", result: "true")]
  }
  private enum NotJSON: Examples {
    static let list = [MethodExample(name: "a", params: #"{"x": 1}"#, result: "tru")]
  }

  @Test
  func `examples that no caller could send are refused`() throws {
    #expect(
      fault(.method(WithExamples<Twice>.self))
        == "sample.examples has two examples called \"a\".")
    let start = "The example \"a\" of sample.examples is wrong: "
    #expect(
      fault(.method(WithExamples<Unknown>.self)) == start + "params: no param y.")
    #expect(
      fault(.method(WithExamples<Incomplete>.self)) == start + "params: x is required.")
    let positional = try #require(fault(.method(WithExamples<Positional>.self)))
    #expect(positional.hasPrefix(start + "params: expected an object"))
    let notJSON = try #require(fault(.method(WithExamples<NotJSON>.self)))
    #expect(notJSON.hasPrefix(start))
  }
}

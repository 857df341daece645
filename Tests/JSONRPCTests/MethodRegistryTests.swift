import JSONRPC
import Testing
import Wire

@Suite struct MethodRegistryTests {
  @Test func `a method is found by its exact name`() {
    #expect(testRegistry["ping"]?.name == "ping")
    for name in ["Ping", "ping ", "", "rpc.discover", "pin\u{0261}", "long\u{301}"] {
      #expect(testRegistry[name] == nil)
    }
  }

  @Test func `what only looks like a name is none`() {
    let registry = MethodRegistry<TestCenter>([.method(Kelvin.self)])
    #expect(registry["K"] != nil)
    #expect(registry["\u{212A}"] == nil)
  }

  @Test func `methods keep their order`() {
    #expect(
      testRegistry.entries.map(\.name) == ["text.join", "ping", "broken", "refuse", "long", "work"])
  }

  @Test func `a description holds what a schema needs`() throws {
    var recorder = SchemaRecorder()
    let descriptions = testRegistry.describe(into: &recorder)
    let join = try #require(descriptions.first)
    #expect(join.summary == "Joins two texts.")
    #expect(!join.isMutating)
    #expect(join.errors == Join.errors)
    #expect(join.examples == Join.examples)
    #expect(join.params == .reference("JoinParams"))
    #expect(join.result == .text(length: nil, pattern: nil, format: nil))
    let object = try #require(recorder.objects.first { $0.name == "JoinParams" })
    guard case .fields(let fields, _) = object.shape else {
      Issue.record("expected plain fields")
      return
    }
    #expect(fields.map(\.name) == ["left", "right"])
    #expect(fields.map(\.isRequired) == [true, false])
  }

  @Test func `names of the protocol and names given twice stop the start`() async {
    await #expect(processExitsWith: .failure) {
      struct Reserved: CenterMethod {
        static let name = "rpc.mine"
        static let summary = ""
        static func run(_ params: NoParams, in center: isolated TestCenter) throws -> Bool { true }
      }
      _ = MethodRegistry<TestCenter>([.method(Reserved.self)])
    }
    await #expect(processExitsWith: .failure) {
      _ = MethodRegistry<TestCenter>([.method(Ping.self), .method(Ping.self)])
    }
  }
}

private struct Kelvin: CenterMethod {
  static let name = "K"
  static let summary = ""

  static func run(_ params: NoParams, in center: isolated TestCenter) throws -> Bool { true }
}

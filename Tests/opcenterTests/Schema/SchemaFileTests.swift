import Foundation
import Gateways
import Testing
import Wire

@testable import opcenter

@Suite struct SchemaFileTests {
  /// The folder of the package, four levels above this file.
  private var package: URL {
    (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  }

  @Test func `the committed schemas are what the program gives, byte for byte`() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: package.appendingPathComponent("schema").path)
    #expect(Set(names) == Set(ServiceDocument.files.map(\.name)))
    for file in ServiceDocument.files {
      let committed = try Data(contentsOf: package.appendingPathComponent("schema/\(file.name)"))
      // Not compared inside the expectation: that would look for the differences for minutes.
      let isSame = Array(committed) == file.bytes
      #expect(isSame, "\(file.name): write it anew: swift run opcenter schema")
    }
  }

  @Test func `checking a schema that differs is refused and names the way out`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "opcenter-schema-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Files.write(Array("{}\n".utf8), to: folder.path + "/openrpc.json")
    let arguments = try Arguments([folder.path, "--check"], for: SchemaCommand.declaration)
    #expect(throws: Refusal.self) { try SchemaCommand(arguments: arguments).run() }
    let writing = try Arguments([folder.path], for: SchemaCommand.declaration)
    #expect(try SchemaCommand(arguments: writing).run() == .done)
    #expect(try SchemaCommand(arguments: arguments).run() == .done)
  }

  @Test func `methods that change anything take an idempotency key, and no others do`() throws {
    let document = try JSON.decode(JSONValue.self, from: ServiceDocument.file)
    guard case .array(let methods)? = document["methods"] else {
      Issue.record("no methods")
      return
    }
    #expect(methods.count > 100)
    for method in methods {
      guard case .array(let params)? = method["params"] else { continue }
      // It takes what chatflow.create takes, and changes nothing.
      if method["name"] == .string("chatflow.validate") { continue }
      let takesKey = params.contains { $0["name"] == .string("idempotency_key") }
      #expect(method["x-mutating"] == .bool(takesKey), "\(String(describing: method["name"]))")
    }
  }
}

@Suite struct FilesWithSchemaTests {
  @Test func `files may name their schema, for editors`() throws {
    let folder = try TemporaryFolder()
    try Files.write(
      Array(
        #"{"$schema": "../schema/simulator.schema.json", "guests": {"read_receipts": 7}}"#.utf8),
      to: folder.path("simulator.json"))
    let settings = try SimulatorFile.settings(at: folder.path("simulator.json"))
    #expect(settings.guests.readReceipts == 7)
    try Files.write(
      Array(
        #"{"$schema": "x", "name": "F", "project": {}, "nodes": [], "edges": []}"#.utf8),
      to: folder.path("flow.json"))
    #expect(try RunDocument.read(folder.path("flow.json")).name == "F")
  }
}

import CampaignEngine
import Foundation
import Gateways
import SchemaGeneration
import ServiceTesting
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

@Suite struct ClientFilesTests {
  private var package: URL {
    (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  }

  @Test(arguments: ClientFiles.Language.allCases)
  func `the generated part of a client is what the program gives, byte for byte`(
    language: ClientFiles.Language
  ) throws {
    let folder = package.appendingPathComponent("clients/\(language.rawValue)/\(language.folder)")
    let files = try ClientFiles.files(
      language, of: ServiceDocument.document, digest: ServiceDocument.digest)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0 != "__pycache__" }
    #expect(Set(names) == Set(files.map(\.name)))
    for file in files {
      let committed = try Data(contentsOf: folder.appendingPathComponent(file.name))
      let isSame = Array(committed) == Array(file.text.utf8)
      #expect(isSame, "\(file.name): write it anew: swift run opcenter client \(language.rawValue)")
    }
  }
}

@Suite struct SchemaPageTests {
  private let page: String

  init() throws {
    let file = try #require(ServiceDocument.files.first { $0.name == "README.md" })
    page = String(decoding: file.bytes, as: UTF8.self)
  }

  private var headings: [String] {
    page.split(separator: "\n").filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }
  }

  @Test func `every method, node, notification and type has a place on the page`() throws {
    let document = try JSON.decode(JSONValue.self, from: ServiceDocument.file)
    guard case .array(let methods)? = document["methods"],
      case .object(let types)? = document["components"]?["schemas"]
    else { throw Fault("no document") }
    let names = methods.compactMap { method -> String? in
      if case .string(let name)? = method["name"] { name } else { nil }
    }
    #expect(names.count > 100 && types.count > 300)
    let wanted = names + types.map(\.0) + NodeType.allCases.map(\.rawValue) + ["events.event"]
    #expect(Set(wanted).subtracting(headings).isEmpty)
    for kind in ["not_found", "invalid_state", "gone"] {
      #expect(page.contains("| `\(kind)` | 10"))
    }
  }

  @Test func `every link leads to a heading`() {
    let anchors = Set(headings.map { $0.lowercased().filter { $0 != "." } })
    let links = page.matches(of: /\]\(#([^)]*)\)/).map { String($0.1) }
    #expect(links.count > 1000)
    #expect(Set(links).subtracting(anchors).isEmpty)
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

import Foundation
import Testing

/// What can be said of the sample flows without the engine: their parts fit together.
struct SampleChatflowTests {
  private typealias Object = [String: Any]

  private static let files = [
    "rsvp.chatflow.json", "save-the-date.chatflow.json", "wedding/wedding.chatflow.json",
  ]

  private func document(_ file: String) throws -> Object {
    let data = try Data(contentsOf: samplesFolder().appendingPathComponent(file))
    return try #require(try JSONSerialization.jsonObject(with: data) as? Object)
  }

  private func objects(_ value: Any?) -> [Object] { value as? [Object] ?? [] }

  private func handles(_ value: Any?) -> [String] {
    objects(value).compactMap { $0["handle"] as? String }
  }

  /// The ways out of a node by its type.
  private func waysOut(of node: Object) -> [String] {
    let data = node["data"] as? Object ?? [:]
    return switch node["type"] as? String {
    case "trigger", "update_guest", "delay": ["default"]
    case "send_template", "send_message": ["default", "failed"]
    case "wait_reply": handles(data["replies"]) + ["timeout", "default"]
    case "guest_form": ["submitted", "timeout", "invalid"]
    case "condition": handles(data["cases"]) + ["else"]
    case "split": handles(data["arms"])
    default: []
    }
  }

  @Test(arguments: files)
  func `every edge leaves by a way out that exists, at most once, and every node is reached`(
    file: String
  ) throws {
    let flow = try document(file)
    let nodes = Dictionary(
      objects(flow["nodes"]).map { ($0["id"] as? String ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
    #expect(nodes.count == objects(flow["nodes"]).count)
    var used: Set<String> = []
    var next: [String: [String]] = [:]
    for edge in objects(flow["edges"]) {
      let source = try #require(edge["source"] as? String)
      let target = try #require(edge["target"] as? String)
      let handle = edge["sourceHandle"] as? String ?? "default"
      let node = try #require(nodes[source])
      #expect(waysOut(of: node).contains(handle), "\(source) \(handle)")
      #expect(nodes[target] != nil, "\(target)")
      #expect(used.insert(source + " " + handle).inserted, "\(source) \(handle) twice")
      next[source, default: []].append(target)
    }
    // Only an unhandled failure may be without an edge.
    for (id, node) in nodes {
      for handle in waysOut(of: node) where handle != "failed" {
        #expect(used.contains(id + " " + handle), "\(id) \(handle) leads nowhere")
      }
    }
    let triggers = nodes.filter { $0.value["type"] as? String == "trigger" }.map(\.key)
    #expect(triggers.count == 1)
    var reached = Set(triggers)
    var open = triggers
    while let id = open.popLast() {
      open += next[id, default: []].filter { reached.insert($0).inserted }
    }
    #expect(reached == Set(nodes.keys))
  }

  @Test(arguments: files)
  func `every template that is sent exists in all languages and takes what it is given`(
    file: String
  ) throws {
    let flow = try document(file)
    let languages = try #require((flow["project"] as? Object)?["languages"] as? [String])
    let templates = Dictionary(
      objects(flow["templates"]).map { ($0["name"] as? String ?? "", $0) },
      uniquingKeysWith: { first, _ in first })
    var sent: Set<String> = []
    for node in objects(flow["nodes"]) {
      let data = node["data"] as? Object ?? [:]
      let use = data["template"] == nil ? data["outside_window"] as? Object ?? [:] : data
      guard let name = use["template"] as? String else { continue }
      sent.insert(name)
      let template = try #require(templates[name])
      let variants = objects(template["variants"])
      #expect(Set(variants.compactMap { $0["language"] as? String }) == Set(languages))
      for variant in variants {
        let body = try #require(variant["body"] as? String)
        let parameters = (use["parameters"] as? Object ?? [:]).keys
        #expect(Set(body.matches(of: /{{(\w+)}}/).map { String($0.1) }) == Set(parameters))
        #expect(handles(variant["buttons"]) == handles(use["buttons"]))
        #expect((variant["header"] == nil) == (use["header"] == nil))
      }
    }
    #expect(sent == Set(templates.keys))
  }

  @Test(arguments: files)
  func `every text keeps to what WhatsApp takes`(file: String) throws {
    let flow = try document(file)
    for template in objects(flow["templates"]) {
      #expect(["marketing", "utility"].contains(template["category"] as? String))
      for variant in objects(template["variants"]) {
        let body = try #require(variant["body"] as? String)
        // A body may not begin or end with a variable.
        #expect(!body.hasPrefix("{{") && !body.hasSuffix("}}"))
        #expect(body.count <= 1_024)
        #expect(variant["status"] as? String == "approved")
        #expect(
          objects(variant["buttons"]).allSatisfy { ($0["title"] as? String ?? "").count <= 20 })
      }
    }
    for node in objects(flow["nodes"]) {
      let replies = objects((node["data"] as? Object)?["replies"])
      #expect(replies.count <= 3)
      for reply in replies {
        let titles = try #require(reply["title"] as? [String: String])
        #expect(titles["*"] != nil)
        #expect(titles.values.allSatisfy { !$0.isEmpty && $0.unicodeScalars.count <= 20 })
      }
    }
  }

  @Test func `the flows have the sizes that their stories tell`() throws {
    let rsvp = try document("rsvp.chatflow.json")
    #expect(objects(rsvp["nodes"]).count == 16)
    #expect(objects(rsvp["edges"]).count == 22)
    let saveTheDate = try document("save-the-date.chatflow.json")
    let split = objects(saveTheDate["nodes"]).first { $0["type"] as? String == "split" }
    let arms = objects((split?["data"] as? Object)?["arms"])
    #expect(arms.compactMap { $0["weight"] as? Int } == [70, 30])
  }
}

import CampaignEngine
import JSONRPC
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// Every place of every method that takes an identifier is given every kind of wrong one.
struct WrongIdentifierTests {
  /// A place in the params, and the prefix that it asks for.
  struct Place: Sendable, CustomTestStringConvertible {
    var method: String
    var path: [Step]
    var prefix: String
    /// Senders and projects: no space stands before their counter.
    var isGlobal: Bool

    enum Step: Sendable { case member(String), element }

    var testDescription: String {
      method + path.map { if case .member(let name) = $0 { "." + name } else { "[0]" } }.joined()
    }
  }

  /// Found in the described params, so that a new method is asked without anybody thinking of it.
  static let places: [Place] = ExampleWorld.methods.flatMap { method in
    find(in: method.params, method: method.name, path: [], depth: 0)
  }

  private static func find(
    in schema: Schema, method: String, path: [Place.Step], depth: Int
  ) -> [Place] {
    guard depth < 8 else { return [] }
    switch schema {
    case .text(_, let pattern?, _):
      guard
        let prefix = ["snd", "prj", "gst", "flw", "tpl", "cmp", "exe", "msg", "rem", "blk"]
          .first(where: { pattern.hasPrefix("^\($0)_") })
      else { return [] }
      return [
        Place(
          method: method, path: path, prefix: prefix + "_",
          isGlobal: ["snd", "prj"].contains(prefix))
      ]
    case .array(let element, _):
      return find(in: element, method: method, path: path + [.element], depth: depth + 1)
    case .named(let scalar):
      return find(in: scalar.base, method: method, path: path, depth: depth + 1)
    case .nullable(let value): return find(in: value, method: method, path: path, depth: depth)
    case .reference(let name):
      guard
        case .fields(let fields, _)? = ExampleWorld.objects.first(where: { $0.name == name })?
          .shape
      else { return [] }
      return fields.flatMap { field in
        find(
          in: field.schema, method: method, path: path + [.member(field.name)], depth: depth + 1)
      }
    case .boolean, .integer, .text, .enumeration, .map, .scalar, .any: return []
    }
  }

  /// No row has ever borne any of these.
  private func malformed(_ place: Place) -> [JSONValue] {
    let prefix = place.prefix
    var texts = [
      "", prefix, "1", "\(prefix)0", "\(prefix)01", "\(prefix)10000000", "\(prefix)z0000000",
      "\(prefix)4000000", "\(prefix)14000000", "\(prefix)zzzzzzzzzzzzz", "\(prefix)11111111111111",
      "\(prefix)A", "\(prefix)1 ", " \(prefix)1", "\(prefix)1\u{301}", "\(prefix)1\u{0}",
      prefix.uppercased() + "1", "\(prefix)-1", "\(prefix)l", "\(prefix)1.1",
      prefix == "cmp_" ? "exe_1" : "cmp_1",
    ]
    if place.isGlobal { texts += ["\(prefix)10000001", "\(prefix)g0000001"] }
    return texts.map(JSONValue.string) + [.number("1"), .bool(true), .object([])]
  }

  /// Well-formed, and names nothing.
  private func unknown(_ place: Place) -> [JSONValue] {
    let texts = ["zzz", "3zzzzzz"] + (place.isGlobal ? [] : ["10000001", "zzz0000001"])
    return texts.map { .string(place.prefix + $0) }
  }

  private func putting(_ value: JSONValue, at path: ArraySlice<Place.Step>, of old: JSONValue?)
    -> JSONValue
  {
    guard let step = path.first else { return value }
    switch step {
    case .element: return .array([putting(value, at: path.dropFirst(), of: old?[0])])
    case .member(let name):
      var members: [(String, JSONValue)] = []
      if case .object(let known)? = old { members = known }
      let inner = putting(value, at: path.dropFirst(), of: old?[name])
      members.removeAll { $0.0 == name }
      return .object(members + [(name, inner)])
    }
  }

  @Test func `identifiers are found where methods take them`() {
    #expect(Self.places.count > 100)
    #expect(Self.places.contains { $0.testDescription == "message.list.project_id" })
    #expect(
      Self.places.contains { $0.testDescription == "campaign.create.guest_filter.guest_ids[0]" })
  }

  @Test(arguments: places)
  func `a wrong identifier is refused by its place, and nobody falls`(place: Place) throws {
    let method = try #require(ExampleWorld.methods.first { $0.name == place.method })
    let service = try ExampleWorld.service(for: place.method)
    let example = try JSON.decode(
      JSONValue.self, from: Array((method.examples.first?.params ?? "{}").utf8))
    for value in malformed(place) {
      let params = putting(value, at: place.path[...], of: example)
      let error = try #require(throws: RPCError.self, "\(value) is taken") {
        try service.call(place.method, params)
      }
      #expect(error.code == -32602, "\(value): \(error.message)")
    }
    for value in unknown(place) {
      let params = putting(value, at: place.path[...], of: example)
      // A filter that nothing matches is no fault, and neither is a call that goes by other params.
      do { try service.call(place.method, params) } catch is RPCError {}
    }
    #expect(service.state.checkInvariants() == [])
  }
}

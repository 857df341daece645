import TestRandom
import Foundation
import Testing
import Wire

@testable import CampaignEngine

/// What stands on people's disks must be read for ever, so nothing of it may change by accident.
struct StoredTypeTests {
  private static let listing = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("stored-types.txt")

  private func listed() throws -> StoredTypes {
    try StoredTypes(text: String(contentsOf: Self.listing, encoding: .utf8))
  }

  /// After an intended change: `OPCENTER_RECORD=stored-types swift test --filter StoredTypeTests`
  /// appends it to the listing. It will not write down what breaks older data.
  @Test func `stored types are those of the listing, and have only grown`() throws {
    let today = StoredTypes.today
    let breaches = today.breaches(of: try listed())
    #expect(breaches.isEmpty, "older data directories could not be read any more")
    if ProcessInfo.processInfo.environment["OPCENTER_RECORD"] == "stored-types", breaches.isEmpty {
      try today.text.write(to: Self.listing, atomically: true, encoding: .utf8)
    }
    let text = try String(contentsOf: Self.listing, encoding: .utf8)
    #expect(text == today.text, "append what is new to stored-types.txt, and record a directory")
  }

  @Test func `a listing is read as it was written`() throws {
    #expect(try StoredTypes(text: StoredTypes.today.text).text == StoredTypes.today.text)
  }

  /// Breaks a listing in one way each.
  @Test(
    arguments: [
      ("  message IDOfMessageKind\n", ""), ("event 96 message_received", "event 96 message_sent"),
      ("event 96 ", "event 196 "), ("block 22 guest", "block 99 guest"),
      ("  pending\n  attending\n", "  attending\n  pending\n"),
      ("  phone Phone\n", "  phone UInt64\n"), ("list<leaf>", "optional<leaf>"),
      ("  email String\n", ""),
    ])
  func `whatever does not only append is a breach`(original: String, changed: String) throws {
    var old = StoredTypes.today
    old.objects["Guest", default: []].insert(
      StoredTypes.Field(name: "email", shape: .leaf("String")), at: 1)
    old.roots.append(
      StoredTypes.Root(kind: .block, number: 98, name: "leaves", shape: .list(.leaf("leaf"))))
    var new = old
    // Nothing is a breach but what this case breaks.
    #expect(new.breaches(of: old) == [])
    let damaged = new.text.replacing(original, with: changed)
    try #require(damaged != new.text, "the listing has no \(original)")
    new = try StoredTypes(text: damaged)
    #expect(!new.breaches(of: old).isEmpty, "\(original) became \(changed)")
  }

  @Test func `fields, cases, events and types that are new at the end are no breach`() throws {
    let old = StoredTypes.today
    var new = old
    for name in new.objects.keys {
      new.objects[name]?.append(StoredTypes.Field(name: "more", shape: .leaf("String")))
    }
    for name in new.enumerations.keys { new.enumerations[name]?.append("more") }
    new.roots.append(
      StoredTypes.Root(kind: .event, number: 999, name: "more", shape: .leaf("String")))
    #expect(new.breaches(of: old) == [])
    #expect(!old.breaches(of: new).isEmpty)
  }

  /// Every type there is, by what its list says, not by samples that somebody chose.
  @Test(arguments: StoredTypes.today.roots.map(\.name))
  func `every stored type comes back as it was`(root: String) throws {
    let type: any WireValue.Type = try #require(
      EventKind.allCases.first { $0.name == root }?.type
        ?? SnapshotTag.allCases.first { "\($0)" == root }?.contents)
    for seed in UInt64(1)...40 { try checkRoundTrip(type, seed: seed) }
  }

  private func checkRoundTrip<Value: WireValue>(_ type: Value.Type, seed: UInt64) throws {
    var filler = ArbitraryFiller(seed: seed)
    let encoded = Binary.encode(filler.make(type))
    let decoded = try Binary.decode(type, from: encoded)
    #expect(Binary.encode(decoded) == encoded, "\(type), seed \(seed)")
    // What a kill leaves of it is refused, not made up.
    let cut = encoded.prefix(filler.random.below(encoded.count))
    #expect(throws: WireError.self, "\(type), seed \(seed), first \(cut.count) bytes") {
      _ = try Binary.decode(type, from: Array(cut))
    }
  }
}

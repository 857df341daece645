import Testing
import Wire

@testable import CampaignEngine

struct IdempotencyTableTests {
  private func entry(_ key: String, at time: Timestamp, bytes: Int = 10) -> RememberedResult {
    var entry = RememberedResult()
    (entry.method, entry.key, entry.at) = ("m", key, time)
    entry.result = RawJSON(validated: Array("\"\(String(repeating: "x", count: bytes - 2))\"".utf8))
    return entry
  }

  private let start = time("2026-11-23T08:00:00.000Z")

  @Test func `a table that is full has room again once its oldest entry has lived its day`() {
    var table = IdempotencyTable()
    for number in 0..<3 {
      table.add(entry("k\(number)", at: start + .hours(Int64(number))))
    }
    #expect(!table.isFull(at: start + .hours(3), entries: 4))
    #expect(table.isFull(at: start + .hours(3), entries: 3))
    #expect(!table.isFull(at: start + .hours(24), entries: 3))
    table.add(entry("k3", at: start + .hours(24)))
    #expect(table.count == 3)
    #expect(table.find(caller: "", method: "m", key: "k0", at: start + .hours(24)) == nil)
    #expect(table.find(caller: "", method: "m", key: "k1", at: start + .hours(24)) != nil)
  }

  @Test func `large results fill it too, and leave with their entries or with an erasure`() {
    var table = IdempotencyTable()
    table.add(entry("long", at: start, bytes: 1000))
    #expect(table.byteCount == 1005)
    #expect(table.isFull(at: start, bytes: 1005))
    #expect(!table.isFull(at: start, bytes: 1006))
    var ofGuest = entry("g", at: start)
    ofGuest.result = RawJSON(validated: Array(#"{"id": "gst_1", "name": "Rosamunde"}"#.utf8))
    table.add(ofGuest)
    table.erase(GuestID(space: 0, counter: 1))
    #expect(table.byteCount == 1005 + 2 + 4)
    table.add(entry("k", at: start + .hours(24)))
    #expect(table.byteCount == 12)
  }
}

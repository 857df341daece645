import Foundation
import Persistence
import Testing
import Wire

@testable import CampaignEngine

/// What earlier programs wrote is read by this one, and means the same.
struct StoredDirectoryTests {
  /// `OPCENTER_RECORD=directories-DAY swift test --filter StoredDirectoryTests` writes new ones down,
  /// which every change of a stored type asks for. Those that stand are never written anew.
  @Test func `directories are recorded where somebody asks for it`() throws {
    let wish = ProcessInfo.processInfo.environment["OPCENTER_RECORD"] ?? ""
    guard wish.hasPrefix("directories-") else { return }
    let day = String(wish.dropFirst("directories-".count))
    try #require(!StoredDirectory.all.contains { $0.day == day }, "\(day) stands already")
    for (place, life) in try Self.livesWithEveryKind().enumerated() {
      try StoredDirectory.record(life, on: day, number: place + 1)
    }
  }

  /// Lives that together meet every kind of event: the fullest, then those that add most.
  private static func livesWithEveryKind() throws -> [RecordedLife] {
    // A random life may ask for what no gateway would; such a one is passed over.
    let lives = (UInt64(1)...240).compactMap { try? RecordedLife(seed: $0, steps: 200) }
    var missing = Set(EventKind.allCases)
    var chosen: [RecordedLife] = []
    while !missing.isEmpty {
      let best = lives.max {
        missing.intersection($0.kinds).count < missing.intersection($1.kinds).count
      }
      guard let best, !missing.isDisjoint(with: best.kinds) else {
        Issue.record("no life has \(missing.map(\.name).sorted())")
        break
      }
      missing.subtract(best.kinds)
      chosen.append(best)
    }
    return chosen
  }

  @Test func `there are directories to compare with`() throws {
    #expect(try !StoredDirectory.all.isEmpty)
  }

  @Test(arguments: try StoredDirectory.all)
  func `the newest snapshot and what follows it come to the recorded state`(
    directory: StoredDirectory
  ) throws {
    var state = State()
    var restored = 0
    var journal = try Journal.open(
      storage: try directory.disk(), directory: "/data",
      restore: { reader in
        while let block = try reader.next() {
          try state.restore(tag: block.tag, payload: Array(block.payload))
          restored += 1
        }
        try state.rebuildIndexes()
      },
      replay: { event in
        try state.replay(kind: event.type, version: event.version, payload: Array(event.payload))
      })
    try journal.close(clean: false)
    #expect(restored > 0)
    try check(state, directory)
  }

  @Test(arguments: try StoredDirectory.all)
  func `all events from the first on come to the recorded state`(
    directory: StoredDirectory
  ) throws {
    var state = State()
    let extent = try DataDirectory.forEachEvent(
      storage: try directory.disk(), directory: "/data"
    ) { event in
      try state.replay(kind: event.type, version: event.version, payload: Array(event.payload))
    }
    #expect(extent.firstSequence == 1 && extent.tornTail == nil)
    try check(state, directory)
  }

  @Test(arguments: Set(try StoredDirectory.all.map(\.day)).sorted())
  func `the directories of a day have every kind of event that there was`(day: String) throws {
    var numbers: Set<Int> = []
    var known: Set<Int> = []
    for directory in try StoredDirectory.all where directory.day == day {
      known = Set(try directory.types.roots.filter { $0.kind == .event }.map(\.number))
      try DataDirectory.forEachEvent(storage: try directory.disk(), directory: "/data") {
        numbers.insert(Int($0.type))
      }
    }
    #expect(numbers == known)
  }

  private func check(_ state: State, _ directory: StoredDirectory) throws {
    let digest = try StateDigest.value(of: state, as: directory.types)
    #expect(String(digest, radix: 16) == (try directory.digest))
    #expect(state.checkInvariants() == [])
    // The digest sees what changes: one letter of one row.
    var other = state
    other.senders[counter: 1].row.name += "!"
    #expect(try StateDigest.value(of: other, as: directory.types) != digest)
  }

  @Test(arguments: try StoredDirectory.all)
  func `stored types have only grown since the directory was recorded`(
    directory: StoredDirectory
  ) throws {
    #expect(StoredTypes.today.breaches(of: try directory.types) == [])
  }
}

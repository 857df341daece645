import Foundation
import Persistence
import Testing
import Wire

import CampaignEngine

/// A data directory that stands in the repository: what a program of some day wrote, and what that
/// day's types were. Several of a day hold every kind of event together.
///
/// | file | holds |
/// |---|---|
/// | `DAY/types.txt` | the listing of that day |
/// | `DAY/NUMBER/data/` | the directory, with all segments since the first event and a snapshot in the middle |
/// | `DAY/NUMBER/digest.txt` | `StateDigest` of what it holds, in hexadecimal |
struct StoredDirectory: Sendable, CustomTestStringConvertible {
  let day: String
  let number: String

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Directories")

  static var all: [StoredDirectory] {
    get throws {
      let files = FileManager.default
      return try files.contentsOfDirectory(atPath: folder.path).sorted().flatMap { day in
        try files.contentsOfDirectory(atPath: folder.appendingPathComponent(day).path).sorted()
          .filter { Int($0) != nil }.map { StoredDirectory(day: day, number: $0) }
      }
    }
  }

  var testDescription: String { "\(day) \(number)" }
  private var place: URL { Self.folder.appendingPathComponent("\(day)/\(number)") }

  var types: StoredTypes {
    get throws { try StoredTypes(text: text("../types.txt")) }
  }

  var digest: String { get throws { try text("digest.txt").trimmingCharacters(in: .newlines) } }

  private func text(_ file: String) throws -> String {
    try String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
  }

  /// A disk with the directory on it, as its owner has it: git keeps no modes.
  func disk() throws -> MemoryStorage {
    let disk = MemoryStorage()
    for folder in ["/data", "/data/journal", "/data/snapshot", "/data/quarantine"] {
      try disk.createDirectory(folder)
    }
    let data = place.appendingPathComponent("data")
    for case let path as String in FileManager.default.enumerator(atPath: data.path) ?? .init() {
      let file = data.appendingPathComponent(path)
      if try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { continue }
      let bytes = [UInt8](try Data(contentsOf: file))
      let token = try disk.open("/data/" + path, .createNew)
      defer { disk.close(token) }
      _ = try disk.write(token, bytes[...], at: 0)
    }
    return disk
  }

  /// Writes a life down as the service would, and what there is to compare it with later.
  static func record(_ life: RecordedLife, on day: String, number: Int) throws {
    let directory = StoredDirectory(day: day, number: "\(number)")
    try FileManager.default.createDirectory(
      at: directory.place, withIntermediateDirectories: true)
    var options = JournalOptions()
    // Several segments of a small journal, without the zeros that a running service claims ahead.
    (options.segmentBytes, options.reserveBytes, options.preallocationBytes) = (8 << 10, 0, 0)
    options.lockNote = "recorded for the tests"
    let state = try write(
      life, options, to: directory.place.appendingPathComponent("data").path)
    let digest = try StateDigest.value(of: state, as: .today)
    try StoredTypes.today.text.write(
      to: directory.place.appendingPathComponent("../types.txt"), atomically: true, encoding: .utf8)
    try (String(digest, radix: 16) + "\n").write(
      to: directory.place.appendingPathComponent("digest.txt"), atomically: true, encoding: .utf8)
  }

  private static func write(
    _ life: RecordedLife, _ options: JournalOptions, to directory: String
  ) throws -> State {
    var journal = try Journal.open(
      storage: FileStorage(), directory: directory, options: options, restore: { _ in },
      replay: { _ in })
    var state = State()
    for (place, records) in life.commands.enumerated() {
      for record in records {
        journal.append(
          type: record.kind.rawValue, version: eventVersion, payload: record.payload)
        try state.replay(
          kind: record.kind.rawValue, version: eventVersion, payload: record.payload)
      }
      journal.endCommand()
      try journal.commit()
      if place == life.commands.count / 2, let ticket = try journal.beginSnapshot() {
        let snapshot = try ticket.write { writer in
          try state.encodeSnapshot { tag, payload in
            try writer.write(tag: tag.rawValue, payload)
          }
          return 0
        }
        try journal.snapshotFinished(snapshot, eventsFrom: 1)
      }
    }
    try journal.close(clean: true)
    return state
  }
}

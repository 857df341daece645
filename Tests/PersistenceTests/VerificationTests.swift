import Testing

@testable import Persistence

private func findings(_ sandbox: Sandbox) throws -> [DataDirectory.Finding] {
  try DataDirectory.verify(storage: sandbox.storage, directory: sandbox.directory).findings
}

private func filled(_ kind: StorageKind) throws -> Sandbox {
  let sandbox = try Sandbox(kind)
  var book = try Book(sandbox)
  for number in 1...3 {
    try book.commit("event \(number)")
    try book.snapshot()
  }
  try book.commit("last")
  return sandbox
}

@Test(arguments: StorageKind.allCases)
func `a whole directory has no findings, and looking changes nothing`(_ kind: StorageKind) throws {
  let sandbox = try filled(kind)
  let before = try sandbox.contents()
  #expect(try findings(sandbox).isEmpty)
  var texts: [String] = []
  let extent = try DataDirectory.forEachEvent(
    storage: sandbox.storage, directory: sandbox.directory
  ) { texts.append(String(decoding: $0.payload, as: UTF8.self)) }
  #expect(texts == ["event 3", "last"])
  #expect(extent == DataDirectory.Extent(firstSequence: 3, lastSequence: 4, tornTail: nil))
  #expect(try sandbox.contents() == before)
}

@Test func `all damage is listed, not only the first`() throws {
  let sandbox = try filled(.memory)
  let layout = sandbox.layout
  let last = 8 * (SegmentHeader.byteCount + GroupHeader.byteCount + 2)
  try sandbox.flip(bit: last, of: layout.segment(3))
  try sandbox.flip(bit: 8 * 90, of: layout.snapshot(2))
  try sandbox.flip(bit: 8 * 90, of: layout.snapshot(3))
  let damaged = Set(try findings(sandbox).filter { $0.severity == .damage }.map(\.error.file))
  #expect(damaged.isSuperset(of: [layout.segment(3), layout.snapshot(2), layout.snapshot(3)]))
}

@Test func `a torn tail and strange files are notices`() throws {
  let sandbox = try filled(.memory)
  let layout = sandbox.layout
  let bytes = try sandbox.bytes(layout.segment(4))
  let content = SegmentHeader.byteCount + GroupHeader.byteCount
  try sandbox.replace(layout.segment(4), with: Array(bytes.prefix(content)))
  try sandbox.replace(layout.journal + "/notes", with: [1])
  let found = try findings(sandbox)
  #expect(found.allSatisfy { $0.severity == .notice })
  #expect(
    found.compactMap(\.error.file).sorted() == [layout.segment(4), layout.journal + "/notes"])
  let extent = try DataDirectory.forEachEvent(
    storage: sandbox.storage, directory: sandbox.directory
  ) { _ in }
  #expect(extent.lastSequence == 3)
  #expect(extent.tornTail?.offset == SegmentHeader.byteCount)
}

@Test func `no flipped bit in journal or snapshot escapes the verification`() throws {
  let disk = MemoryStorage()
  do {
    var options = Book.smallOptions
    options.preallocationBytes = 0
    var book = try Book(Sandbox(disk), options)
    try book.commit("one")
    try book.snapshot()
    try book.commit("two")
    try book.journal.close(clean: true)
  }
  let files = try Sandbox(disk).contents()
  for (path, bytes) in files where path.hasSuffix(".journal") || path.hasSuffix(".snapshot") {
    for bit in 0..<bytes.count * 8 {
      let sandbox = Sandbox(disk.copy())
      try sandbox.flip(bit: bit, of: path)
      do {
        let found = try findings(sandbox)
        if !found.contains(where: { $0.severity == .damage }) {
          Issue.record("bit \(bit) of \(path) was not found")
        }
      } catch let error as JournalError {
        #expect(error.kind == .formatTooNew)
      }
    }
  }
}

@Test func `what is no data directory is said to be none`() throws {
  let sandbox = try Sandbox(.memory)
  for _ in 0..<2 {
    let error = #expect(throws: JournalError.self) { try findings(sandbox) }
    #expect(error?.kind == .notADataDirectory)
    if try sandbox.storage.attributes(sandbox.directory) == nil {
      try sandbox.storage.createDirectory(sandbox.directory)
    }
  }
}

/// The texts that an offline look restores, from the newest snapshot and from as far back as there is; nil
/// where the second look finds nothing older.
private func restored(_ sandbox: Sandbox) throws -> (newest: Ledger, oldest: Ledger?) {
  let verified = try DataDirectory.verify(storage: sandbox.storage, directory: sandbox.directory)
  var recovery = try verified.recovery()
  var newest = Ledger()
  try recovery.restoreNewest(
    restore: { try newest.restore(&$0) }, replay: { try newest.apply($0) })
  var oldest = Ledger()
  let isOlder = try recovery.restoreOldest(
    restore: { try oldest.restore(&$0) }, replay: { try oldest.apply($0) })
  return (newest, isOlder ? oldest : nil)
}

@Test(arguments: StorageKind.allCases)
func `an offline look restores what a start would, twice where it can, and changes nothing`(
  _ kind: StorageKind
) throws {
  let sandbox = try filled(kind)
  let before = try sandbox.contents()
  let found = try restored(sandbox)
  #expect(found.newest.texts == ["event 1", "event 2", "event 3", "last"])
  #expect(found.oldest == found.newest)
  #expect(try sandbox.contents() == before)
  let verified = try DataDirectory.verify(storage: sandbox.storage, directory: sandbox.directory)
  #expect(verified.counts == DataDirectory.Counts(segments: 2, snapshots: 2, events: 2))
}

@Test func `without a snapshot there is nothing to compare, and with one all events`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("one", "two")
  }
  #expect(try restored(sandbox).newest.texts == ["one", "two"])
  #expect(try restored(sandbox).oldest == nil)
  do {
    var book = try Book(sandbox)
    try book.snapshot()
    try book.commit("three")
  }
  #expect(try restored(sandbox).oldest?.texts == ["one", "two", "three"])
}

@Test func `an offline look goes past a torn tail and keeps no copy of it`() throws {
  let sandbox = try filled(.memory)
  let last = sandbox.layout.segment(4)
  let content = SegmentHeader.byteCount + GroupHeader.byteCount
  try sandbox.replace(last, with: Array(try sandbox.bytes(last).prefix(content)))
  let before = try sandbox.contents()
  let found = try restored(sandbox)
  #expect(found.newest.texts == ["event 1", "event 2", "event 3"])
  #expect(found.oldest == found.newest)
  #expect(try sandbox.contents() == before)
}

@Test func `an offline look holds the directory until it ends`() throws {
  let sandbox = try filled(.memory)
  do {
    let verified = try DataDirectory.verify(
      storage: sandbox.storage, directory: sandbox.directory)
    #expect(try refusal(sandbox)?.kind == .dataDirectoryInUse)
    let recovery = try verified.recovery()
    #expect(try refusal(sandbox)?.kind == .dataDirectoryInUse)
    #expect(recovery.report.lastSequence == 0)
  }
  #expect(try refusal(sandbox) == nil)
}

import Testing

@testable import Persistence

@Test(arguments: StorageKind.allCases)
func `a start takes the snapshot and only the events after it`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one", "two")
    try book.snapshot()
    #expect(book.journal.bytesSinceSnapshot == 0)
    try book.commit("three")
    #expect(book.journal.bytesSinceSnapshot > 0)
  }
  let book = try Book(sandbox)
  #expect(book.ledger.texts == ["one", "two", "three"])
  #expect(book.journal.recovery.snapshotSequence == 2)
  #expect(book.journal.recovery.replayedEvents == 1)
  #expect(book.journal.bytesSinceSnapshot > 0)
}

@Test func `events go on while a snapshot is being written`() throws {
  let memory = MemoryStorage()
  var book = try Book(Sandbox(memory))
  try book.commit("one")
  let ticket = try #require(try book.journal.beginSnapshot())
  let old = book.ledger
  try book.commit("two")
  #expect(try book.journal.beginSnapshot() == nil)
  let snapshot = try old.write(ticket)
  #expect(snapshot.sequence == 1)
  #expect(snapshot.blockCount == 1)
  #expect(snapshot.digest == 1)
  try book.commit("three")
  try book.journal.snapshotFinished(snapshot)
  for disk in [memory.crashed(), memory.copy()] {
    let sandbox = Sandbox(disk)
    #expect(try report(sandbox).snapshotSequence == 1)
    #expect(try recovered(sandbox) == ["one", "two", "three"])
  }
}

@Test func `without news there is no second snapshot`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  #expect(try book.journal.beginSnapshot() == nil)
  try book.commit("one")
  try book.snapshot()
  #expect(try book.journal.beginSnapshot() == nil)
}

@Test(arguments: StorageKind.allCases)
func `two snapshots stay, and the segments that the older needs`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  var book = try Book(sandbox)
  for number in 1...5 {
    try book.commit("event \(number)")
    try book.snapshot()
  }
  let layout = sandbox.layout
  let snapshots = try sandbox.storage.list(layout.snapshots)
  #expect(
    snapshots.map { "\(layout.snapshots)/\($0)" } == [layout.snapshot(4), layout.snapshot(5)])
  #expect(try sandbox.segments() == [layout.segment(5), layout.segment(6)])
}

@Test func `segments stay for readers of old events`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  for number in 1...4 {
    try book.commit("event \(number)")
    let ticket = try #require(try book.journal.beginSnapshot())
    try book.journal.snapshotFinished(try book.ledger.write(ticket), eventsFrom: 2)
  }
  #expect(try sandbox.segments().first == sandbox.layout.segment(2))
}

@Test func `an erasure leaves no byte from before the snapshot`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("secret")
    try book.snapshot()
    try book.commit("secret again")
  }
  try sandbox.replace(sandbox.layout.quarantine + "/old.tail", with: Array("secret".utf8))
  var book = try Book(sandbox)
  try book.commit("erased")
  let ticket = try #require(try book.journal.beginSnapshot())
  let snapshot = try ticket.write { writer in
    for _ in 0..<3 { try writer.write(tag: 1, Array("gone".utf8)) }
    return 0
  }
  try book.journal.snapshotFinished(snapshot, keeping: 1)
  for (path, bytes) in try sandbox.contents() {
    #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"), "\(path)")
  }
  try book.journal.close(clean: true)
  #expect(try recovered(sandbox) == ["gone", "gone", "gone"])
}

@Test(arguments: StorageKind.allCases)
func `a damaged newest snapshot gives way to the older`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    for number in 1...3 {
      try book.commit("event \(number)")
      try book.snapshot()
    }
    try book.commit("last")
  }
  let newest = sandbox.layout.snapshot(3)
  try sandbox.flip(bit: 8 * 100, of: newest)
  let texts = ["event 1", "event 2", "event 3", "last"]
  var book = try Book(sandbox)
  #expect(book.ledger.texts == texts)
  #expect(book.journal.recovery.usedOlderSnapshot)
  #expect(book.journal.recovery.snapshotSequence == 2)
  #expect(book.journal.recovery.damagedSnapshots.first?.file == newest)
  // The next snapshot makes two whole ones again, and the damaged one goes.
  try book.snapshot()
  #expect(try sandbox.storage.attributes(newest) == nil)
  #expect(try sandbox.storage.list(sandbox.layout.snapshots).count == 2)
}

@Test func `with both snapshots damaged the start is refused`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    for number in 1...3 {
      try book.commit("event \(number)")
      try book.snapshot()
    }
  }
  try sandbox.flip(bit: 8 * 100, of: sandbox.layout.snapshot(2))
  try sandbox.flip(bit: 8 * 100, of: sandbox.layout.snapshot(3))
  let error = try #require(try refusal(sandbox))
  #expect(error.kind == .journalDamaged)
  #expect(error.message.contains(sandbox.layout.snapshot(3)))
}

@Test func `a failed snapshot leaves the old files and no trace`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  try book.commit("one")
  try book.snapshot()
  try book.commit("two")
  struct Failure: Error {}
  let ticket = try #require(try book.journal.beginSnapshot())
  let before = try sandbox.contents()
  #expect(throws: Failure.self) {
    try ticket.write { writer in
      try writer.write(tag: 1, [1, 2, 3])
      throw Failure()
    }
  }
  book.journal.snapshotFailed()
  #expect(try sandbox.contents() == before)
  try book.commit("three")
  try book.snapshot()
  try book.journal.close(clean: true)
  #expect(try recovered(sandbox) == ["one", "two", "three"])
}

@Test func `a block over the limit is refused`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  try book.commit("one")
  let ticket = try #require(try book.journal.beginSnapshot())
  let block = [UInt8](repeating: 0, count: Limits.snapshotBlockBytes + 1)
  let error = #expect(throws: JournalError.self) {
    try ticket.write { writer in
      try writer.write(tag: 1, block)
      return 0
    }
  }
  #expect(error?.kind == .limitExceeded)
}

@Test(arguments: StorageKind.allCases)
func `a large snapshot is read back whole`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  var book = try Book(sandbox)
  try book.commit("one")
  let ticket = try #require(try book.journal.beginSnapshot())
  let sizes = [0, 1, Limits.readBytes - 1, Limits.readBytes, Limits.readBytes + 1, 3]
  let snapshot = try ticket.write { writer in
    for (tag, size) in sizes.enumerated() {
      try writer.write(tag: UInt32(tag), [UInt8](repeating: UInt8(tag), count: size))
    }
    return 42
  }
  #expect(snapshot.blockCount == sizes.count)
  #expect(snapshot.digest == 42)
  try book.journal.snapshotFinished(snapshot)
  try book.journal.close(clean: true)
  var found: [Int] = []
  _ = try Journal.open(
    storage: sandbox.storage, directory: sandbox.directory,
    restore: { reader in
      while let block = try reader.next() { found.append(block.payload.count) }
      #expect(reader.digest == 42)
    }, replay: { _ in })
  #expect(found == sizes)
}

import Testing

@testable import Persistence

@Test(arguments: StorageKind.allCases)
func `what was committed is there after a restart`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    #expect(book.journal.recovery.isNew)
    try book.commit("one")
    book.add("two", "three")
    book.add("")
    try book.journal.commit()
    #expect(book.journal.lastSequence == 4)
    #expect(book.journal.durableSequence == 4)
    try book.journal.close(clean: true)
  }
  let book = try Book(sandbox)
  #expect(book.ledger.texts == ["one", "two", "three", ""])
  #expect(book.journal.lastSequence == 4)
  #expect(book.journal.durableSequence == 4)
  #expect(!book.journal.recovery.isNew)
  #expect(book.journal.recovery.wasClean)
  #expect(book.journal.recovery.replayedEvents == 4)
  #expect(book.journal.recovery.replayedGroups == 2)
  #expect(book.journal.recovery.quarantined.isEmpty)
}

@Test(arguments: StorageKind.allCases)
func `what was committed is there after a kill`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  for round in 1...3 {
    var book = try Book(sandbox)
    #expect(book.ledger.texts.count == (round - 1) * 2)
    try book.commit("a\(round)")
    try book.commit("b\(round)")
  }
  #expect(try recovered(sandbox) == ["a1", "b1", "a2", "b2", "a3", "b3"])
  #expect(try !report(sandbox).wasClean)
}

@Test(arguments: StorageKind.allCases)
func `what was not committed is not there`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    book.add("two")
    #expect(book.journal.lastSequence == 2)
    #expect(book.journal.durableSequence == 1)
    #expect(book.journal.releasableSequence == 1)
  }
  #expect(try recovered(sandbox) == ["one"])
}

@Test func `an empty commit touches no file`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  let before = try sandbox.contents()
  try book.journal.commit()
  #expect(try sandbox.contents() == before)
}

@Test(arguments: StorageKind.allCases)
func `a full segment is followed by the next one`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  let texts = (0..<100).map { "event number \($0) " + String(repeating: "x", count: $0) }
  do {
    var book = try Book(sandbox)
    for text in texts { try book.commit(text) }
    #expect(try sandbox.segments().count > 2)
  }
  #expect(try recovered(sandbox) == texts)
}

@Test func `a large commit becomes several groups that end between commands`() throws {
  let sandbox = try Sandbox(.memory)
  let half = String(repeating: "h", count: Limits.sealedGroupBytes / 2)
  do {
    var book = try Book(sandbox)
    for _ in 0..<5 { book.add(half, "end") }
    try book.journal.commit()
  }
  let found = try report(sandbox)
  #expect(found.replayedGroups == 3)
  #expect(try recovered(sandbox) == Array(repeating: [half, "end"], count: 5).flatMap(\.self))
}

@Test func `syncing at an interval releases what is written and tells what is durable`() throws {
  let memory = MemoryStorage()
  var options = Book.smallOptions
  options.syncPolicy = .interval
  var book = try Book(Sandbox(memory), options)
  try book.commit("one")
  try book.journal.sync()
  try book.commit("two")
  #expect(book.journal.durableSequence == 1)
  #expect(book.journal.releasableSequence == 2)
  #expect(try recovered(Sandbox(memory.crashed())) == ["one"])
  #expect(try recovered(Sandbox(memory.copy())) == ["one", "two"])
}

@Test func `what a start found after a kill survives a power cut`() throws {
  let memory = MemoryStorage()
  var options = Book.smallOptions
  options.syncPolicy = .interval
  options.preallocationBytes = 0
  var book = try Book(Sandbox(memory), options)
  try book.commit("only written")
  let killed = memory.copy()
  let found = try Book(Sandbox(killed), options).ledger.texts
  #expect(found == ["only written"])
  #expect(try recovered(Sandbox(killed.crashed())) == found)
}

@Test func `a closed journal says so`() throws {
  let sandbox = try Sandbox(.memory)
  var book = try Book(sandbox)
  try book.journal.close(clean: false)
  #expect(book.journal.ensureReserve() == false)
  #expect(try recovered(sandbox).isEmpty)
  let error = #expect(throws: JournalError.self) { try book.commit("late") }
  #expect(error?.kind == .closed)
}

@Test func `the owner hears what a replay cannot apply`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    book.journal.append(type: 999, version: 1, payload: [1, 2])
    book.journal.endCommand()
    try book.journal.commit()
  }
  #expect(throws: Ledger.UnexpectedEvent.self) { try recovered(sandbox) }
}

@Test func `format version 1 keeps its bytes`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("ab")
    try book.journal.close(clean: true)
  }
  let id = Array(1...16 as ClosedRange<UInt8>)
  func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes.appendChecksum()
    return bytes
  }
  let zeros = [UInt8](repeating: 0, count: 64)
  let event = sealed([2, 0, 0, 0, 7, 0, 3, 0, 0x61, 0x62])
  let contents = CRC32C.checksum(of: event.suffix(4))
  let chain = CRC32C.checksum(of: id[...])
  var group = Array("OPCG".utf8)
  group.append(littleEndian: UInt32(event.count))
  group += [1, 0, 0, 0, 0, 0, 0, 0] + zeros.prefix(8) + [1, 0, 0, 0]
  group.append(littleEndian: contents)
  group.append(littleEndian: chain)
  group.append(littleEndian: CRC32C.checksum(of: (id + group)[...]))
  var header = Array("OPCJOURN".utf8) + [1, 0, 1, 0, 0, 0, 0, 0] + id
  header += [1, 0, 0, 0, 0, 0, 0, 0]
  header.append(littleEndian: chain)
  header += zeros.prefix(16)
  #expect(try sandbox.bytes(sandbox.layout.segment(1)) == sealed(header) + group + event)
  #expect(
    try sandbox.bytes(sandbox.layout.format)
      == sealed(Array("OPCSTORE".utf8) + [1, 0, 1, 0, 0, 0, 0, 0] + id + zeros.prefix(28)))
}

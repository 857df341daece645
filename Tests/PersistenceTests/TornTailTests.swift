import Testing

@testable import Persistence

/// Two groups that were acknowledged and a third that was being written, and where the third begins.
private struct TornWrite {
  let disk: MemoryStorage
  let segment: String
  let start: Int
  let end: Int

  init() throws {
    disk = MemoryStorage()
    let sandbox = Sandbox(disk)
    segment = sandbox.layout.segment(1)
    var book = try Book(sandbox)
    try book.commit("one")
    try book.commit("two", "three")
    try book.journal.writeWatermark()
    start = book.journal.segment.position
    book.add("four", "five")
    book.add("six")
    try book.journal.commit()
    end = book.journal.segment.position
  }
}

@Test func `a last group cut at any byte is kept aside and reported`() throws {
  let write = try TornWrite()
  for length in write.start..<write.end {
    let sandbox = Sandbox(write.disk.copy())
    let bytes = try sandbox.bytes(write.segment)
    try sandbox.replace(write.segment, with: Array(bytes.prefix(length)))
    let found = try report(sandbox)
    #expect(found.lastSequence == 3)
    if length == write.start {
      #expect(found.quarantined.isEmpty)
    } else {
      let tail = try #require(found.quarantined.first)
      #expect(tail.file == write.segment)
      #expect(tail.offset == write.start)
      // Zeros at its end say nothing: a claimed segment is full of them.
      var cut = bytes[write.start..<length]
      while cut.last == 0 { cut.removeLast() }
      #expect(try sandbox.bytes(tail.copy) == Array(cut))
      #expect(tail.byteCount == cut.count)
    }
    #expect(try recovered(sandbox) == ["one", "two", "three"])
    #expect(try report(sandbox).quarantined.isEmpty)
  }
}

@Test func `a last group zeroed from any byte on is kept aside`() throws {
  let write = try TornWrite()
  let whole = try Sandbox(write.disk.copy()).bytes(write.segment)
  for length in write.start..<write.end {
    let sandbox = Sandbox(write.disk.copy())
    var bytes = whole
    for index in length..<write.end { bytes[index] = 0 }
    try sandbox.replace(write.segment, with: bytes)
    let found = try report(sandbox)
    #expect(found.lastSequence == (bytes == whole ? 6 : 3))
    #expect(found.quarantined.count == (bytes == whole || length == write.start ? 0 : 1))
  }
}

@Test func `a last group of which only a later part arrived is kept aside`() throws {
  let write = try TornWrite()
  for start in write.start + 1..<write.end {
    let sandbox = Sandbox(write.disk.copy())
    var bytes = try sandbox.bytes(write.segment)
    for index in write.start..<start { bytes[index] = 0 }
    try sandbox.replace(write.segment, with: bytes)
    #expect(try recovered(sandbox) == ["one", "two", "three"])
  }
}

@Test(arguments: StorageKind.allCases)
func `after a torn tail the journal goes on`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    try book.commit("lost")
    let file = sandbox.layout.segment(1)
    let bytes = try sandbox.bytes(file)
    try sandbox.replace(file, with: Array(bytes.prefix(book.journal.segment.position - 3)))
  }
  do {
    var book = try Book(sandbox)
    #expect(book.journal.recovery.quarantined.count == 1)
    #expect(book.ledger.texts == ["one"])
    try book.commit("two")
  }
  #expect(try recovered(sandbox) == ["one", "two"])
}

@Test func `tails cut at the same place are all kept`() throws {
  let sandbox = try Sandbox(.memory)
  for round in 1...3 {
    var book = try Book(sandbox)
    book.add("round \(round)")
    try book.journal.commit()
    let file = sandbox.layout.segment(1)
    let bytes = try sandbox.bytes(file)
    try sandbox.replace(file, with: Array(bytes.prefix(book.journal.segment.position - 1)))
  }
  #expect(try recovered(sandbox).isEmpty)
  #expect(try sandbox.storage.list(sandbox.layout.quarantine).count == 3)
}

@Test(arguments: [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt32])
func `a group whose length lies is a torn tail, and nothing of that length is allocated`(
  _ length: UInt32
) throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    let position = book.journal.segment.position
    var header = GroupHeader(
      bodyByteCount: 0, firstSequence: 2, durableThrough: 1, eventCount: .max, contents: 0,
      chain: book.journal.written.chain
    ).encoded(for: book.journal.storeID)
    header.replace(at: 4, littleEndian: length)
    var sealed = CRC32C()
    sealed.update(book.journal.storeID.bytes[...])
    sealed.update(header[..<36])
    header.replace(at: 36, littleEndian: sealed.value)
    let file = sandbox.layout.segment(1)
    try sandbox.replace(file, with: Array(try sandbox.bytes(file).prefix(position)) + header)
  }
  #expect(try report(sandbox).quarantined.map(\.byteCount) == [GroupHeader.byteCount])
  #expect(try recovered(sandbox) == ["one"])
}

@Test func `text that looks like a group does not turn a torn tail into damage`() throws {
  let sandbox = try Sandbox(.memory)
  let forged = GroupHeader(
    bodyByteCount: 12, firstSequence: 99, durableThrough: 98, eventCount: 1, contents: 0, chain: 0
  ).encoded(for: try #require(StoreID(bytes: Array(repeating: 9, count: 16))))
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    let start = book.journal.segment.position
    book.journal.append(
      type: Ledger.textType, version: Ledger.textVersion, payload: forged)
    book.journal.endCommand()
    try book.journal.commit()
    try sandbox.flip(bit: start * 8, of: sandbox.layout.segment(1))
  }
  #expect(try recovered(sandbox) == ["one"])
}

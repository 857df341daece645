import Testing

@testable import Persistence

/// Two snapshots, a few segments, a clean stop.
private func smallDirectory(_ sandbox: Sandbox) throws -> [String] {
  var options = Book.smallOptions
  options.preallocationBytes = 0
  var book = try Book(sandbox, options)
  for number in 1...2 {
    try book.commit("event \(number)")
    try book.snapshot()
  }
  try book.commit("a", "b")
  try book.commit("c")
  try book.journal.close(clean: true)
  return book.ledger.texts
}

@Test func `no flipped bit loses anything in silence`() throws {
  let disk = MemoryStorage()
  let texts = try smallDirectory(Sandbox(disk))
  let files = try Sandbox(disk).contents()
  var refused = 0
  var flips = 0
  for (path, bytes) in files {
    for bit in 0..<bytes.count * 8 {
      let sandbox = Sandbox(disk.copy())
      try sandbox.flip(bit: bit, of: path)
      flips += 1
      do {
        let found = try recovered(sandbox)
        if found != texts { Issue.record("bit \(bit) of \(path): found \(found)") }
      } catch let error as JournalError {
        refused += 1
        if error.file == nil { Issue.record("bit \(bit) of \(path): no file in \(error)") }
      }
    }
  }
  #expect(flips > 5000)
  #expect(refused > 1000)
}

@Test func `on a real disk a sample of flipped bits loses nothing in silence`() throws {
  let disk = MemoryStorage()
  let texts = try smallDirectory(Sandbox(disk))
  let files = try Sandbox(disk).contents()
  let sandbox = try Sandbox(.file)
  _ = try Book(sandbox)
  for (victim, bytes) in files {
    for bit in stride(from: 0, to: bytes.count * 8, by: 397) {
      for path in try sandbox.contents().keys { try sandbox.storage.unlink(path) }
      for (path, bytes) in files { try sandbox.replace(sandbox.root + path, with: bytes) }
      try sandbox.flip(bit: bit, of: sandbox.root + victim)
      guard try refusal(sandbox) == nil else { continue }
      #expect(try recovered(sandbox) == texts, "bit \(bit) of \(victim)")
    }
  }
}

@Test(arguments: StorageKind.allCases)
func `a flipped bit in the last acknowledged group is refused, with its place`(
  _ kind: StorageKind
) throws {
  let sandbox = try Sandbox(kind)
  let start: Int
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    start = book.journal.segment.position
    try book.commit("two")
    try book.journal.writeWatermark()
  }
  try sandbox.flip(bit: (start + GroupHeader.byteCount + 9) * 8, of: sandbox.layout.segment(1))
  let error = try #require(try refusal(sandbox))
  #expect(error.kind == .journalDamaged)
  #expect(error.file == sandbox.layout.segment(1))
  #expect(error.offset == start)
  #expect(error.sequence == 2)
  #expect(try sandbox.storage.list(sandbox.layout.quarantine).isEmpty)
}

@Test func `the watermark survives a power cut`() throws {
  let memory = MemoryStorage()
  var book = try Book(Sandbox(memory))
  let start = book.journal.segment.position
  try book.commit("one")
  try book.journal.writeWatermark()
  let sandbox = Sandbox(memory.crashed())
  try sandbox.flip(bit: start * 8, of: sandbox.layout.segment(1))
  #expect(try refusal(sandbox)?.kind == .journalDamaged)
}

@Test func `a journal that ends before the watermark is refused`() throws {
  let sandbox = try Sandbox(.memory)
  let start: Int
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    start = book.journal.segment.position
    try book.commit("two")
    try book.journal.close(clean: true)
  }
  let file = sandbox.layout.segment(1)
  try sandbox.replace(file, with: Array(try sandbox.bytes(file).prefix(start)))
  let error = try #require(try refusal(sandbox))
  #expect(error.offset == start)
  #expect(error.sequence == 2)
}

/// The same store, copied and continued in two ways: every group and event is whole, and has the sequence and
/// the length of its counterpart.
@Test(arguments: [1, 2, 3])
func `a group of another history of the same store is found`(_ sequence: Int) throws {
  func history(_ texts: [String]) throws -> Sandbox {
    let sandbox = try Sandbox(.memory)
    var book = try Book(sandbox)
    for text in texts { try book.commit(text) }
    try book.journal.close(clean: true)
    return sandbox
  }
  let sandbox = try history(["one", "two", "six"])
  let other = try history(["uno", "dos", "tre"])
  let file = sandbox.layout.segment(1)
  var bytes = try sandbox.bytes(file)
  let length = (bytes.count - SegmentHeader.byteCount) / 3
  let start = SegmentHeader.byteCount + (sequence - 1) * length
  let group = start..<start + length
  bytes.replaceSubrange(group, with: try other.bytes(file)[group])
  try sandbox.replace(file, with: bytes)
  let error = try refusal(sandbox)
  // The first group continues nothing, so it is the second that shows it.
  #expect(error?.sequence == UInt64(max(sequence, 2)))
}

@Test func `a segment of another history of the same store is found`() throws {
  func history(_ texts: [String]) throws -> Sandbox {
    let sandbox = try Sandbox(.memory)
    for text in texts {
      var book = try Book(sandbox)
      try book.commit(text)
      try book.journal.close(clean: true)
    }
    return sandbox
  }
  let sandbox = try history(["one", "two", "six"])
  let other = try history(["uno", "dos", "tre"])
  let file = sandbox.layout.segment(2)
  try sandbox.replace(file, with: try other.bytes(file))
  #expect(try refusal(sandbox)?.file == file)
}

@Test func `events swapped inside their group are found`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    book.add("one", "two")
    try book.journal.commit()
    try book.journal.close(clean: true)
  }
  let file = sandbox.layout.segment(1)
  let bytes = try sandbox.bytes(file)
  let start = SegmentHeader.byteCount + GroupHeader.byteCount
  let middle = (start + bytes.count) / 2
  let swapped = Array(bytes[..<start]) + bytes[middle...] + bytes[start..<middle]
  try sandbox.replace(file, with: swapped)
  #expect(try refusal(sandbox)?.kind == .journalDamaged)
}

@Test func `a flipped bit before a later group is refused without the watermark`() throws {
  let sandbox = try Sandbox(.memory)
  let start: Int
  do {
    var book = try Book(sandbox)
    start = book.journal.segment.position
    try book.commit("one")
    try book.commit("two")
  }
  for bit in [start * 8, (start + 5) * 8, (start + GroupHeader.byteCount + 9) * 8] {
    let copy = try Sandbox((#require(sandbox.storage as? MemoryStorage)).copy())
    try copy.flip(bit: bit, of: copy.layout.segment(1))
    let error = try #require(try refusal(copy))
    #expect(error.kind == .journalDamaged)
    #expect(error.offset == start)
    #expect(error.sequence == 1)
  }
}

/// Ways to rearrange the groups inside the last segment: what is left of groups 0, 1 and 2.
@Test(arguments: [
  ([1, 2], true), ([0, 2], true), ([0, 2, 1], true), ([1, 0, 2], true), ([2], true),
  ([0, 0, 1, 2], true), ([0, 1, 2, 2], false), ([0, 1, 2], false),
])
func `a missing, doubled or swapped group is found`(_ order: [Int], _ isRefused: Bool) throws {
  let sandbox = try Sandbox(.memory)
  var places: [Int] = []
  do {
    var book = try Book(sandbox)
    for text in ["one", "two", "three"] {
      places.append(book.journal.segment.position)
      try book.commit(text)
    }
    places.append(book.journal.segment.position)
  }
  let file = sandbox.layout.segment(1)
  let bytes = try sandbox.bytes(file)
  let groups = order.flatMap { bytes[places[$0]..<places[$0 + 1]] }
  try sandbox.replace(file, with: bytes.prefix(SegmentHeader.byteCount) + groups)
  let error = try refusal(sandbox)
  #expect((error?.kind == .journalDamaged) == isRefused)
  if !isRefused { #expect(try recovered(sandbox) == ["one", "two", "three"]) }
}

/// What somebody may do to the files of a stopped service.
enum Surgery: CaseIterable {
  case removeFirst, removeMiddle, removeLast, doubleLast, swapTwo, renameMiddle, renameLast
  case emptyMiddle, emptyLast, trailMiddle, foreignMiddle, foreignLast, removeAll, cutMiddle
  case removeFormat, removeWatermark, emptyFormat, emptyWatermark

  func perform(_ sandbox: Sandbox, foreign: [UInt8]) throws {
    let files = try sandbox.segments()
    let (first, middle, last) = (files[0], files[1], files[files.count - 1])
    let storage = sandbox.storage
    let bytes = try sandbox.bytes(middle)
    switch self {
    case .removeFirst: try storage.unlink(first)
    case .removeMiddle: try storage.unlink(middle)
    case .removeLast: try storage.unlink(last)
    case .doubleLast:
      try sandbox.replace(sandbox.layout.segment(90), with: try sandbox.bytes(last))
    case .swapTwo:
      try sandbox.replace(middle, with: try sandbox.bytes(first))
      try sandbox.replace(first, with: bytes)
    case .renameMiddle: try storage.rename(middle, to: sandbox.layout.segment(3))
    case .renameLast: try storage.rename(last, to: last + ".old")
    case .emptyMiddle: try sandbox.replace(middle, with: [])
    case .emptyLast: try sandbox.replace(last, with: [])
    case .trailMiddle: try sandbox.replace(middle, with: bytes + [1, 2, 3])
    case .cutMiddle: try sandbox.replace(middle, with: bytes.dropLast(1))
    case .foreignMiddle: try sandbox.replace(middle, with: foreign)
    case .foreignLast: try sandbox.replace(last, with: foreign)
    case .removeAll: for file in files { try storage.unlink(file) }
    case .removeFormat: try storage.unlink(sandbox.layout.format)
    case .removeWatermark: try storage.unlink(sandbox.layout.watermark)
    case .emptyFormat: try sandbox.replace(sandbox.layout.format, with: [])
    case .emptyWatermark: try sandbox.replace(sandbox.layout.watermark, with: [])
    }
  }
}

@Test(arguments: Surgery.allCases, [true, false])
func `files removed, doubled, swapped, renamed or foreign are refused`(
  _ surgery: Surgery, _ isClean: Bool
) throws {
  let sandbox = try Sandbox(.memory)
  for round in 1...3 {
    var book = try Book(sandbox)
    try book.commit("event \(round)", "more", "and more")
    if isClean { try book.journal.close(clean: true) }
  }
  let other = try Sandbox(.memory)
  do {
    var options = Book.smallOptions
    options.newStoreID = StoreID(bytes: 2...17)
    var book = try Book(other, options)
    try book.commit("event 1", "more", "and more")
  }
  try surgery.perform(sandbox, foreign: try other.bytes(other.layout.segment(1)))
  let error = try #require(try refusal(sandbox))
  let kinds: [JournalError.Kind] = [.journalDamaged, .notADataDirectory]
  #expect(kinds.contains(error.kind))
  #expect(error.file != nil)
  // A refusal changes nothing, so it is the same the next time.
  #expect(try refusal(sandbox) == error)
}

@Test func `a snapshot of another store or another name is not used`() throws {
  let sandbox = try Sandbox(.memory)
  let texts = try smallDirectory(sandbox)
  let layout = sandbox.layout
  try sandbox.replace(layout.snapshot(2), with: try sandbox.bytes(layout.snapshot(1)))
  let found = try report(sandbox)
  #expect(found.snapshotSequence == 1)
  #expect(found.usedOlderSnapshot)
  #expect(try recovered(sandbox) == texts)
}

@Test func `garbage behind the last group is kept aside`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    try book.journal.writeWatermark()
  }
  let file = sandbox.layout.segment(1)
  try sandbox.replace(file, with: try sandbox.bytes(file) + [1, 2, 3])
  #expect(try report(sandbox).quarantined.count == 1)
  #expect(try recovered(sandbox) == ["one"])
}

@Test func `garbage behind the last group after a clean stop is refused`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
    try book.journal.close(clean: true)
  }
  let file = sandbox.layout.segment(1)
  try sandbox.replace(file, with: try sandbox.bytes(file) + [1, 2, 3])
  #expect(try refusal(sandbox)?.kind == .journalDamaged)
}

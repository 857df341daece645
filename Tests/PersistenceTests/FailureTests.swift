#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import Testing

@testable import Persistence

/// A short life with everything in it: start, commits, rolls, snapshots, deletions, watermark, restart, clean
/// stop. Returns what was acknowledged and what was submitted when it ended, by itself or by an error.
private struct Story {
  var acknowledged: [String] = []
  var submitted: [String] = []
  var error: JournalError?

  init(_ storage: any Storage) throws {
    do {
      for _ in 0..<2 { try live(Sandbox(storage)) }
    } catch let error as JournalError {
      self.error = error
    }
  }

  private mutating func live(_ sandbox: Sandbox) throws {
    var options = Book.smallOptions
    options.segmentBytes = 256
    var book = try Book(sandbox, options)
    #expect(book.ledger.texts == acknowledged)
    for number in 1...9 {
      let texts = ["\(number) a", "\(number) b"]
      submitted += texts
      for text in texts { book.add(text) }
      do { try book.journal.commit() } catch {
        // The outcome of what was not durable is unknown, but the failure is plain.
        #expect(book.journal.failure == error || !error.isFinal)
        throw error
      }
      acknowledged += texts
      #expect(Int(book.journal.releasableSequence) == acknowledged.count)
      if number % 3 == 0 { try book.snapshot() }
      if number % 4 == 0 { try book.journal.writeWatermark() }
    }
    try book.journal.close(clean: true)
  }
}

/// A start on what is left finds all that was acknowledged, whole commands of what was submitted, no more.
private func check(_ story: Story, on disk: MemoryStorage, _ comment: Comment) throws {
  let found = try recovered(Sandbox(disk))
  #expect(found.starts(with: story.acknowledged), comment)
  #expect(story.submitted.starts(with: found), comment)
  #expect(found.count % 2 == 0 || found.isEmpty, comment)
  #expect(try recovered(Sandbox(disk)) == found, comment)
  let damage = try DataDirectory.verify(storage: disk, directory: "/data").findings
    .filter { $0.severity == .damage }
  #expect(damage.isEmpty, comment)
}

@Test func `a crash at any call loses nothing acknowledged`() throws {
  let whole = FailingStorage(MemoryStorage(), .init(code: EIO))
  let story = try Story(whole)
  #expect(story.error == nil)
  #expect(story.acknowledged == story.submitted)
  #expect(whole.calls > 200)
  for call in 1...whole.calls {
    let storage = FailingStorage(MemoryStorage(), .init(failingCall: call, code: EIO))
    let story = try Story(storage)
    #expect(storage.syncsAfterFailure == 0)
    try check(story, on: storage.base.crashed(), "power cut at call \(call)")
    try check(story, on: storage.base.copy(), "kill at call \(call)")
  }
}

@Test(
  arguments: [.sync, .write, .open, .rename, .read] as [StorageError.Operation], [EIO, ENOSPC])
func `one failed call is never passed over`(
  _ operation: StorageError.Operation, _ code: Int32
) throws {
  var call = 1
  while true {
    let plan = FailingStorage.Plan(failingCall: call, operation: operation, code: code)
    let storage = FailingStorage(MemoryStorage(), plan)
    let story = try Story(storage)
    guard storage.hasFailed else { break }
    #expect(storage.syncsAfterFailure == 0)
    try check(story, on: storage.base.crashed(), "power cut after \(operation) \(call)")
    try check(story, on: storage.base.copy(), "kill after \(operation) \(call)")
    call += 1
  }
  #expect(call > 3)
}

@Test(arguments: [EIO, ENOSPC])
func `a failed sync ends the journal at once`(_ code: Int32) throws {
  let memory = MemoryStorage()
  let first = FailingStorage(memory, .init(operation: .sync, code: code))
  _ = try Book(Sandbox(first))
  let plan = FailingStorage.Plan(failingCall: first.calls, operation: .sync, code: code)
  let storage = FailingStorage(memory, plan)
  var book = try Book(Sandbox(storage))
  var failure: JournalError?
  while failure == nil {
    do { try book.commit("text") } catch let caught as JournalError { failure = caught }
  }
  let error = try #require(failure)
  #expect(error.isFinal)
  #expect(book.journal.failure == error)
  #expect(book.journal.ensureReserve() == false)
  #expect(throws: error) { try book.journal.commit() }
  #expect(throws: error) { try book.journal.sync() }
  #expect(throws: error) { try book.journal.writeWatermark() }
  #expect(throws: error) { try book.journal.close(clean: true) }
  #expect(storage.syncsAfterFailure == 0)
}

@Test(arguments: [1, 2, 3, 7, 40, 63])
func `short reads and writes are finished`(_ bytes: Int) throws {
  let storage = FailingStorage(MemoryStorage(), .init(code: EIO, bytesPerWrite: bytes))
  let story = try Story(storage)
  #expect(story.error == nil)
  #expect(try recovered(Sandbox(storage.base)) == story.submitted)
}

@Test func `a full disk refuses commands before they begin, and takes them again by itself`() throws
{
  let memory = MemoryStorage()
  var book = try Book(Sandbox(memory))
  try book.commit("one")
  #expect(book.journal.ensureReserve() == true)
  memory.setCapacity(bytes: 0)
  var accepted = 0
  while book.journal.ensureReserve() {
    try book.commit("more")
    accepted += 1
  }
  // What was claimed ahead is used up, not thrown away.
  #expect(accepted > 0)
  #expect(book.journal.failure == nil)
  memory.setCapacity(bytes: .max)
  #expect(book.journal.ensureReserve() == true)
  try book.commit("last")
  #expect(try recovered(Sandbox(memory.crashed())) == book.ledger.texts)
}

@Test func `a disk that is full at a write keeps the group for later`() throws {
  let memory = MemoryStorage()
  var book = try Book(Sandbox(memory))
  memory.setCapacity(bytes: 0)
  let large = String(repeating: "x", count: 1000)
  book.add(large)
  for _ in 0..<3 {
    let error = #expect(throws: JournalError.self) { try book.journal.commit() }
    #expect(error?.kind == .storageFull)
    #expect(error?.isFinal == false)
  }
  #expect(book.journal.durableSequence == 0)
  let crashed = memory.crashed()
  crashed.setCapacity(bytes: .max)
  #expect(try recovered(Sandbox(crashed)).isEmpty)
  memory.setCapacity(bytes: .max)
  try book.journal.commit()
  try book.commit("two")
  #expect(try recovered(Sandbox(memory.crashed())) == [large, "two"])
}

@Test func `a start on a full disk succeeds, so that queries are answered`() throws {
  let memory = MemoryStorage()
  do {
    var book = try Book(Sandbox(memory))
    try book.commit("one")
    try book.journal.close(clean: true)
  }
  // FORMAT, WATERMARK, the old segment, the header of the new one, and nothing to speak of.
  memory.setCapacity(bytes: 64 + 128 + 119 + 64 + 20)
  var book = try Book(Sandbox(memory))
  #expect(book.ledger.texts == ["one"])
  #expect(book.journal.ensureReserve() == false)
  memory.setCapacity(bytes: .max)
  #expect(book.journal.ensureReserve() == true)
}

@Test(arguments: [[2000], [10, 2000, 10], [400, 400, 400]])
func `a command too large for any reader ends the journal unwritten`(_ sizes: [Int]) throws {
  let memory = MemoryStorage()
  var options = Book.smallOptions
  options.groupBytes = 1000
  var book = try Book(Sandbox(memory), options)
  try book.commit("one")
  for size in sizes {
    let payload = [UInt8](repeating: 1, count: size)
    book.journal.append(type: 1, version: 1, payload: payload)
  }
  book.journal.endCommand()
  let error = #expect(throws: JournalError.self) { try book.journal.commit() }
  #expect(error?.kind == .limitExceeded)
  #expect(try recovered(Sandbox(memory.copy())) == ["one"])
}

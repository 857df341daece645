#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import Testing

@testable import Persistence

@Test(arguments: StorageKind.allCases)
func `a second journal on the same directory is refused until the first ends`(
  _ kind: StorageKind
) throws {
  let sandbox = try Sandbox(kind)
  do {
    var options = Book.smallOptions
    options.lockNote = "process 42"
    var book = try Book(sandbox, options)
    try book.commit("one")
    let before = try sandbox.contents()
    let error = try #require(try refusal(sandbox))
    #expect(error.kind == .dataDirectoryInUse)
    #expect(error.message.contains("process 42"))
    #expect(throws: JournalError.self) {
      _ = try DataDirectory.verify(storage: sandbox.storage, directory: sandbox.directory)
    }
    #expect(try sandbox.contents() == before)
    try book.journal.close(clean: true)
  }
  #expect(try recovered(sandbox) == ["one"])
}

#if os(Linux)
  /// A child has a copy of every descriptor from the moment it comes to be until its program begins.
  @Test func `the lock ends with its journal, whoever still has a copy of its descriptor`() throws {
    let sandbox = try Sandbox(.file)
    var copies: [Int32] = []
    defer { for copy in copies { _ = close(copy) } }
    do {
      var book = try Book(sandbox)
      try book.commit("one")
      let numbers = (Int32(0)..<1024).filter { path(of: $0) == sandbox.layout.lock }
      copies = numbers.map { dup($0) }
      #expect(copies.count == 1)
      try book.journal.close(clean: true)
    }
    #expect(try recovered(sandbox) == ["one"])
  }

  private func path(of descriptor: Int32) -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/fd/\(descriptor)", &path, path.count)
    return String(
      decoding: path.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test(.enabled(if: access("/usr/bin/flock", X_OK) == 0, "needs the flock program"))
  func `another process finds the directory locked, and no child inherits the lock`() throws {
    let sandbox = try Sandbox(.file)
    func lockElsewhere() throws -> Int32 {
      var process: pid_t = 0
      let words = ["/usr/bin/flock", "-n", "-E", "9", sandbox.layout.lock, "true"]
      var arguments = words.map { strdup($0) }
      arguments.append(nil)
      defer { for argument in arguments { free(argument) } }
      try #require(posix_spawn(&process, words[0], nil, nil, arguments, nil) == 0)
      var status: Int32 = 0
      try #require(waitpid(process, &status, 0) == process)
      return status >> 8 & 0xff
    }
    do {
      var book = try Book(sandbox)
      #expect(try lockElsewhere() == 9)
      try book.journal.close(clean: true)
    }
    #expect(try lockElsewhere() == 0)
  }
#endif

@Test(
  arguments: StorageKind.allCases,
  ["", "/FORMAT", "/WATERMARK", "/LOCK", "/journal", "/journal/00000000000000000001.journal"])
func `what others may read or write is refused`(_ kind: StorageKind, _ name: String) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
  }
  let path = sandbox.directory + name
  let mode = try #require(try sandbox.storage.attributes(path)).mode
  for bit in [0o040, 0o020, 0o010, 0o004, 0o002, 0o001] as [UInt32] {
    try sandbox.setMode(path, mode | bit)
    let error = try #require(try refusal(sandbox))
    #expect(error.kind == .permissions)
    #expect(error.file == path)
  }
  try sandbox.setMode(path, mode)
  #expect(try recovered(sandbox) == ["one"])
}

@Test func `what belongs to another user is refused`() throws {
  let memory = MemoryStorage()
  let sandbox = Sandbox(memory)
  _ = try Book(sandbox)
  try memory.setMode(sandbox.layout.format, 0o600, owner: 1)
  #expect(try refusal(sandbox)?.kind == .permissions)
}

@Test(arguments: StorageKind.allCases)
func `files are made for the owner alone`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  var book = try Book(sandbox)
  try book.commit("one")
  try book.snapshot()
  for path in [sandbox.directory] + sandbox.layout.folders {
    #expect(try sandbox.storage.attributes(path)?.mode == 0o700)
  }
  for path in try sandbox.contents().keys {
    #expect(try sandbox.storage.attributes(path)?.mode == 0o600)
  }
}

@Test(arguments: StorageKind.allCases)
func `a newer format is refused and not changed by one byte`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
  }
  let path = sandbox.layout.format
  var format = try #require(FormatFile(try sandbox.bytes(path)[...]))
  format.version = 9
  format.minimumReader = 9
  try sandbox.replace(path, with: format.encoded)
  try sandbox.replace(sandbox.layout.journal + "/x.temporary", with: [1])
  try sandbox.storage.unlink(sandbox.layout.lock)
  let before = try sandbox.contents()
  #expect(try refusal(sandbox)?.kind == .formatTooNew)
  #expect(try sandbox.contents() == before)
  format.minimumReader = FormatVersion.written
  try sandbox.replace(path, with: format.encoded)
  #expect(try recovered(sandbox) == ["one"])
}

@Test func `a newer segment in an older directory is refused as newer`() throws {
  let sandbox = try Sandbox(.memory)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
  }
  let path = sandbox.layout.segment(1)
  let bytes = try sandbox.bytes(path)
  var header = try #require(SegmentHeader(bytes.prefix(SegmentHeader.byteCount)))
  header.minimumReader += 1
  try sandbox.replace(path, with: header.encoded + bytes.dropFirst(SegmentHeader.byteCount))
  #expect(try refusal(sandbox)?.kind == .formatTooNew)
}

@Test(arguments: StorageKind.allCases)
func `files left over from an interrupted write are removed`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
  }
  let layout = sandbox.layout
  let stale = [layout.segment(2), layout.snapshot(1), layout.watermark].map { $0 + ".temporary" }
  for path in stale { try sandbox.replace(path, with: [1, 2, 3]) }
  #expect(try report(sandbox).removedTemporaryFiles == 3)
  for path in stale { #expect(try sandbox.storage.attributes(path) == nil) }
  #expect(try recovered(sandbox) == ["one"])
}

@Test(arguments: StorageKind.allCases)
func `a directory with other things in it is left alone`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  try sandbox.storage.createDirectory(sandbox.directory)
  try sandbox.replace(sandbox.directory + "/letter.txt", with: [1])
  let error = try #require(try refusal(sandbox))
  #expect(error.kind == .notADataDirectory)
  #expect(try sandbox.storage.list(sandbox.directory) == ["letter.txt"])
}

@Test(arguments: StorageKind.allCases)
func `a path that cannot be a data directory is refused by name`(_ kind: StorageKind) throws {
  let sandbox = try Sandbox(kind)
  try sandbox.replace(sandbox.root + "/data", with: [1])
  #expect(try refusal(sandbox)?.kind == .notADataDirectory)
  try sandbox.storage.unlink(sandbox.root + "/data")
  let error = #expect(throws: JournalError.self) {
    _ = try Journal.open(
      storage: sandbox.storage, directory: sandbox.root + "/missing/data", restore: { _ in },
      replay: { _ in })
  }
  #expect(error?.file == sandbox.root + "/missing/data")
}

@Test func `a link in the place of a file is refused`() throws {
  let sandbox = try Sandbox(.file)
  do {
    var book = try Book(sandbox)
    try book.commit("one")
  }
  let path = sandbox.layout.segment(1)
  try sandbox.storage.rename(path, to: sandbox.root + "/elsewhere")
  try #require(symlink(sandbox.root + "/elsewhere", path) == 0)
  #expect(try refusal(sandbox)?.file == path)
}

/// A file read in steps of a megabyte: memory stays bounded, whatever the file claims to hold.
struct FileWindow: ~Copyable {
  private let file: OpenFile
  let size: Int
  private var bytes: [UInt8] = []
  private var start = 0

  private init(_ file: consuming OpenFile, size: Int) {
    self.file = file
    self.size = size
  }

  static func open(_ storage: any Storage, _ path: String) throws(JournalError) -> FileWindow {
    do throws(StorageError) {
      let file = try OpenFile(storage, path, .read)
      let size = try file.size()
      return FileWindow(file, size: size)
    } catch { throw JournalError(error) }
  }

  var path: String { file.path }

  /// The bytes from an offset on, fewer than asked for where the file ends.
  mutating func read(_ count: Int, at offset: Int) throws(JournalError) -> ArraySlice<UInt8> {
    let wanted = min(count, size - offset)
    guard wanted > 0 else { return [] }
    if offset < start || offset + wanted > start + bytes.count {
      let length = min(max(wanted, Limits.readBytes), size - offset)
      do throws(StorageError) { bytes = try file.read(count: length, at: offset) } catch {
        throw JournalError(error)
      }
      start = offset
    }
    let lower = offset - start
    return bytes[lower..<min(lower + wanted, bytes.count)]
  }
}

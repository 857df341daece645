/// The version of all file formats together, and the oldest reader that can read what a writer wrote.
///
/// A change that old readers survive raises `written` only; any other raises `minimumReader` too.
enum FormatVersion {
  static let written: UInt16 = 1
  static let minimumReader: UInt16 = 1
}

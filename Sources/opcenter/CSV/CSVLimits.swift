/// Bounds on what one record of a CSV file may hold.
struct CSVLimits: Sendable, Equatable {
  /// Far above any name, note or address, and low enough that a whole column of text in one cell,
  /// the usual sign of a misplaced quote, is noticed.
  var maximumFieldBytes = 16_384

  /// A record is scanned no further than this, so an opening quote that nobody closes is noticed
  /// here and not at the end of a large file.
  var maximumRecordBytes = 262_144
}

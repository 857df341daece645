import CampaignEngine

/// Reads a guest file: the first row names the columns, in any order; each further row is a guest.
///
/// How the file is written is seen from the file: its encoding from its bytes, and what stands between
/// the columns from the first row, by the titles that are known.
struct GuestRows: Sequence, IteratorProtocol {
  typealias Element = Result<GuestFileRow, CSVFault>

  /// Without these no new guest can be made.
  static let requiredColumns = GuestAttribute.all.filter(\.isRequired)

  let header: GuestHeader
  let text: FileText
  private var reader: CSVReader

  init(
    _ bytes: [UInt8], _ map: GuestColumnMap = GuestColumnMap(), limits: CSVLimits = CSVLimits()
  ) throws(GuestHeaderFault) {
    let first: Result<CSVRecord, CSVFault>?
    do throws(CSVFault) {
      text = try FileText(bytes)
      reader = Self.reader(of: text.bytes, map, limits)
      first = reader.next()
    } catch {
      throw GuestHeaderFault(problems: [.unreadable(error)])
    }
    switch first {
    case nil: throw GuestHeaderFault(problems: [.empty])
    case .failure(let fault): throw GuestHeaderFault(problems: [.unreadable(fault)])
    case .success(let record): header = try GuestHeader(record, map)
    }
  }

  /// What stands between the columns.
  var separator: UInt8 { reader.separator }

  /// Spreadsheets of many countries write semicolons, since the comma is their decimal sign.
  private static func reader(
    of bytes: [UInt8], _ map: GuestColumnMap, _ limits: CSVLimits
  ) -> CSVReader {
    let readers = CSVReader.separators.map {
      CSVReader(bytes, separator: $0, limits: limits, isRagged: true)
    }
    // Where no title is known, the number of columns tells. What no separator makes readable stays with
    // the comma, and is told of it.
    func score(_ reader: CSVReader) -> (known: Int, count: Int)? {
      var reader = reader
      guard case .success(let record)? = reader.next() else { return nil }
      return (GuestHeader.knownTitles(in: record, map), record.count)
    }
    var best = (reader: readers[0], score: score(readers[0]) ?? (known: 0, count: Int.max))
    // A list in our own words, as most are that come from a program, is looked at once.
    if best.score.known == best.score.count { return best.reader }
    for reader in readers.dropFirst() {
      guard let score = score(reader), score > best.score else { continue }
      best = (reader, score)
    }
    return best.reader
  }

  /// The next guest, or a row that cannot be read; nil at the end. Rows without any value, which
  /// spreadsheets like to write at the end, are passed over.
  mutating func next() -> Result<GuestFileRow, CSVFault>? {
    while let element = reader.next() {
      switch element {
      case .failure(let fault):
        return .failure(fault)
      case .success(let record):
        if let fault = misfit(record) ?? strangePhone(record) { return .failure(fault) }
        if let row = row(record) { return .success(row) }
      }
    }
    return nil
  }

  /// Nil where nothing stands in it.
  private func row(_ record: CSVRecord) -> GuestFileRow? {
    var row = GuestFileRow(line: record.line)
    var isBlank = true
    var phones: [String] = []
    var name: (first: String?, last: String?)
    for (index, meaning) in header.columns.enumerated() {
      guard let text = record.trimmed(index) else { continue }
      switch meaning {
      case .column(.attribute(.phone)): phones.append(text)
      case .column(.attribute(.name)), .fullName, .firstName: name.first = text
      case .lastName: name.last = text
      case .column(let column): row.set(column, to: text)
      // It counts as a row all the same: nothing of a list is passed over in silence.
      case .leftOut: break
      }
      isBlank = false
    }
    if isBlank { return nil }
    if let phone = phones.first(where: { !Self.isPlaceholder($0) }) {
      row.set(.attribute(.phone), to: phone)
    }
    let parts = [name.first, name.last].compactMap { $0 }
    if !parts.isEmpty { row.set(.attribute(.name), to: parts.joined(separator: " ")) }
    return row
  }

  /// Where there are several columns of phones, what is none may be an answer to another question: under
  /// "No WhatsApp" it may say that somebody is not to be written to there.
  private func strangePhone(_ record: CSVRecord) -> CSVFault? {
    let places = header.columns.indices.filter {
      header.columns[$0] == .column(.attribute(.phone))
    }
    guard places.count > 1 else { return nil }
    for place in places {
      guard let text = record.trimmed(place), !Self.isPlaceholder(text), !Self.isLikePhone(text)
      else { continue }
      return CSVFault(
        line: record.line, reason: .notAPhone,
        message:
          "column \(place + 1) is read as a phone and holds none; mend it, or leave the column out with --map"
      )
    }
    return nil
  }

  /// A dash or a question mark where nothing is known.
  private static func isPlaceholder(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { "-–—.?/ ".unicodeScalars.contains($0) }
  }

  /// Digits enough for a number, and nothing that stands in none. Whether it is one is judged where it is
  /// imported, by the numbers of the project's country.
  private static func isLikePhone(_ text: String) -> Bool {
    let digits = text.unicodeScalars.count { $0.properties.numericType == .decimal }
    return (6...15).contains(digits)
      && !text.unicodeScalars.contains { $0.properties.isAlphabetic }
  }

  /// Spreadsheets leave out empty cells at the end of a row, or write more of them than there are
  /// columns. What is left out keeps what is stored, so nothing that decides may be among it: a row
  /// that a stray line break has cut must not write to somebody who asked not to be written to.
  private func misfit(_ record: CSVRecord) -> CSVFault? {
    let columns = header.columns
    for index in columns.count..<Swift.max(columns.count, record.count)
    where record.trimmed(index) != nil {
      return CSVFault(
        line: record.line, reason: .tooManyColumns,
        message: "column \(index + 1) has a value, and no name in the first row")
    }
    guard record.count < columns.count,
      (0..<record.count).contains(where: { record.trimmed($0) != nil }),
      let missing = columns[record.count...].first(where: { mustBeThere($0, in: record) })
    else { return nil }
    return CSVFault(
      line: record.line, reason: .tooFewColumns,
      message:
        "expected \(columns.count) columns; found \(record.count), so \(missing.name) is left out")
  }

  /// A second phone may be left out, where the first is there.
  private func mustBeThere(_ meaning: GuestColumnMeaning, in record: CSVRecord) -> Bool {
    guard let column = meaning.column, column.mustBeInEachRow else { return false }
    return column != .attribute(.phone)
      || !header.columns.indices.contains {
        header.columns[$0] == meaning && record.trimmed($0) != nil
      }
  }
}

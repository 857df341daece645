import CampaignEngine
import Wire

/// The first row of a guest file: what each column is.
///
/// A column that is not known refuses the file. Were it passed over, a mistyped `opted_out` would
/// write to people who asked not to be written to.
struct GuestHeader: Sendable {
  /// A column whose title is not its own name.
  struct Reading: WireObject, Equatable {
    var title = ""
    var column = ""

    init() {}
    init(title: String, column: String) { (self.title, self.column) = (title, column) }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("title", &title, "As the file has it.")
      try visit.field("column", &column, "What it is read as; - where it is left out.")
    }
  }

  let columns: [GuestColumnMeaning]
  let readings: [Reading]

  init(_ record: CSVRecord, _ map: GuestColumnMap = GuestColumnMap()) throws(GuestHeaderFault) {
    // Nil for one that nobody understands: the others keep their places.
    var columns: [GuestColumnMeaning?] = []
    var readings: [Reading] = []
    var problems: [GuestHeaderFault.Problem] = []
    // Empty columns at the end are none.
    let count = ((0..<record.count).last { record.trimmed($0) != nil } ?? -1) + 1
    for index in 0..<count {
      guard let title = record.trimmed(index) else {
        columns.append(nil)
        problems.append(.unnamed(column: index + 1))
        continue
      }
      columns.append(Self.meaning(of: title, map))
      guard let meaning = columns[index] else {
        problems.append(
          .unknown(title, column: index + 1, suggestion: GuestColumn.nearest(to: title)))
        continue
      }
      let isOwn = GuestColumn(title: title).map { .column($0) == meaning } ?? false
      if !isOwn { readings.append(Reading(title: title, column: meaning.name)) }
    }
    let titles = (0..<count).compactMap { record.trimmed($0) }
    for (title, _) in map.entries where !titles.contains(where: { Self.isSame($0, title) }) {
      problems.append(.notInFile(title))
    }
    problems += Self.repeated(columns)
    for attribute in GuestRows.requiredColumns
    where !columns.contains(where: { $0?.column == .attribute(attribute) }) {
      problems.append(.missing(attribute.name))
    }
    guard problems.isEmpty else { throw GuestHeaderFault(problems: problems) }
    (self.columns, self.readings) = (columns.compactMap(\.self), readings)
  }

  /// How many titles say something here: where the columns end is seen by that.
  static func knownTitles(in record: CSVRecord, _ map: GuestColumnMap) -> Int {
    (0..<record.count).count { index in
      record.trimmed(index).flatMap { meaning(of: $0, map) } != nil
    }
  }

  private static func meaning(
    of title: String, _ map: GuestColumnMap
  ) -> GuestColumnMeaning? {
    if let given = map.entries.last(where: { isSame($0.title, title) }) { return given.meaning }
    return GuestColumn(title: title).map { .column($0) } ?? GuestTitles.meaning(of: title)
  }

  /// However its letters are composed.
  static func isSame(_ one: String, _ other: String) -> Bool {
    one.lowercased() == other.lowercased()
  }

  /// Several phones are meant: the first that is one is taken. A name may be in two parts.
  private static func repeated(
    _ columns: [GuestColumnMeaning?]
  ) -> [GuestHeaderFault.Problem] {
    var positions: [GuestColumnMeaning: [Int]] = [:]
    for (index, meaning) in columns.enumerated() {
      guard let meaning, let column = meaning.column, column != .attribute(.phone) else { continue }
      // A name, and a first name: they cannot both begin it.
      let key = meaning == .lastName ? meaning : GuestColumnMeaning.column(column)
      positions[key, default: []].append(index + 1)
    }
    // Who has a full name has no other part of it.
    if columns.contains(.fullName), let last = positions.removeValue(forKey: .lastName) {
      positions[.column(.attribute(.name)), default: []] += last
    }
    return positions.filter { $0.value.count > 1 }.sorted { $0.value[0] < $1.value[0] }
      .map { .duplicate($0.key.name, columns: $0.value) }
  }
}

import Testing

import Persistence

/// Segments read while the journal goes on.
struct JournalPastTests {
  private func texts(
    _ past: JournalPast, from place: JournalPast.Place? = nil, holding sequence: UInt64 = 1
  ) throws -> (texts: [String], places: [JournalPast.Place]) {
    var texts: [String] = []
    var places: [JournalPast.Place] = []
    try past.forEachGroup(from: place, holding: sequence) { place, events in
      places.append(place)
      texts += events.map { String(decoding: $0.payload, as: UTF8.self) }
      return true
    }
    return (texts, places)
  }

  @Test(arguments: StorageKind.allCases)
  func `everything is there again, across segments, and from every group on`(
    _ kind: StorageKind
  ) throws {
    let sandbox = try Sandbox(kind)
    var book = try Book(sandbox)
    for number in 1...200 { try book.commit(String(repeating: "\(number % 10)", count: 100)) }
    let all = try texts(book.journal.past)
    #expect(all.texts == book.ledger.texts)
    for (index, place) in all.places.enumerated() where index % 17 == 0 {
      let rest = try texts(book.journal.past, from: place)
      #expect(rest.texts == Array(book.ledger.texts.dropFirst(index)))
    }
    try book.commit("and on")
    #expect(try texts(book.journal.past).texts == book.ledger.texts)
  }

  @Test(arguments: StorageKind.allCases)
  func `it begins with the first event, and later behind the older of two snapshots`(
    _ kind: StorageKind
  ) throws {
    let sandbox = try Sandbox(kind)
    var book = try Book(sandbox)
    try book.commit("one")
    var beginning = try book.journal.past.beginning()
    #expect(beginning?.sequence == 1 && beginning?.block == nil)
    try book.snapshot()
    try book.commit("two")
    beginning = try book.journal.past.beginning()
    #expect(beginning?.sequence == 1)
    try book.snapshot()
    try book.commit("three")
    beginning = try book.journal.past.beginning()
    #expect(beginning?.sequence == 2 && beginning?.block == Array("one".utf8))
    #expect(try texts(book.journal.past, holding: 2).texts == ["two", "three"])
    #expect(throws: JournalError.self) { try texts(book.journal.past, holding: 1) }
  }
}

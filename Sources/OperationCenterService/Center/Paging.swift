import CampaignEngine
import JSONRPC
import Wire

/// When a count was true: subscribe with `after_sequence` set to it and nothing is missed.
package struct AsOf: WireObject {
  package var sequence: UInt64 = 0
  package var at = Timestamp.zero

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sequence", &sequence, "Number of the newest event.")
    try visit.field("at", &at, "Time.")
  }
}

/// One page of a list.
package struct Page<Item: WireObject>: WireObject {
  package var items: [Item] = []
  package var nextCursor: String?

  package init() {}

  /// All there is.
  init(whole items: [Item]) { self.items = items }

  package static var schemaName: String { "\(Item.schemaName)Page" }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("items", &items, "The page.")
    try visit.field(
      "next_cursor", &nextCursor, "Give it as cursor for the next page; absent on the last.",
      .omittable)
  }
}

/// Where a list goes on: behind the last counter that a page has looked at. Rows that come and go
/// in between move nothing.
package struct Paging: Sendable {
  package var limit: Int64 = 50
  package var cursor: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("limit", &limit, "Items on a page at most.", .defaulted.range(1...500))
    try visit.field(
      "cursor", &cursor, "Taken from next_cursor of the page before.", .length(0...64))
  }

  /// The counter after which the page begins.
  func start() throws -> UInt32 {
    guard let cursor, !cursor.isEmpty else { return 0 }
    guard let text = CursorText.counter(of: cursor) else {
      throw Rejection.invalidParams(
        field: "cursor", reason: "invalid_cursor",
        "expected the next_cursor of the page before")
    }
    return text
  }

  /// The same for a list of events, whose numbers are longer.
  func startSequence() throws -> UInt64? {
    guard let cursor, !cursor.isEmpty else { return nil }
    guard let sequence = CursorText.sequence(of: cursor) else {
      throw Rejection.invalidParams(
        field: "cursor", reason: "invalid_cursor",
        "expected the next_cursor of the page before")
    }
    return sequence
  }

  /// Collects a page over counters in ascending order. It stops after a bounded number of rows, so
  /// a page may be short, or even empty, and still have a next one.
  /// - Parameters:
  ///   - weight: what a row costs, where a condition is asked of it.
  ///   - search: set where somebody waits until there is an item or the end.
  func page<Item: WireObject>(
    upTo count: UInt32, testing weight: Int = 1, search: PageSearch? = nil,
    _ item: (UInt32) throws -> Item?
  ) throws -> Page<Item> {
    var page = Page<Item>()
    var counter = try start()
    var looked: UInt32 = 0
    let bound = min(Limits.rowsPerPageScan, Pace().rows(testing: weight))
    while counter < count {
      let isSearching = page.items.isEmpty && search?.mayGoOn(after: looked) ?? false
      guard page.items.count < Int(limit), looked < bound || isSearching else {
        page.nextCursor = CursorText.text(of: counter)
        break
      }
      counter += 1
      looked += 1
      if let item = try item(counter) { page.items.append(item) }
    }
    return page
  }
}

/// A filtered list whose next page would be empty is looked through further in a copy of the state,
/// so that nobody has to ask again and again for nothing.
struct PageSearch: Sendable {
  let stop: StopFlag

  /// False once nobody waits for it any more.
  func mayGoOn(after looked: UInt32) -> Bool { !looked.isMultiple(of: 1024) || !stop.isSet }
}

extension OperationCenter {
  /// A page as it is now, or, where it would be empty with more to come, once there is something.
  func page<Output: WireObject & Sendable>(
    isEmpty: (Output) -> Bool,
    _ read: @escaping @Sendable (State, Timestamp, PageSearch?) throws -> Output
  ) throws -> JobStart<Output> {
    let first = try read(engine.state, now, nil)
    guard isEmpty(first) else { return .now(first) }
    return try later(.reading) { copy, stop in
      try read(copy.state, copy.asOf.at, PageSearch(stop: stop))
    }
  }

  func page<Item: WireObject & Sendable>(
    _ read: @escaping @Sendable (State, Timestamp, PageSearch?) throws -> Page<Item>
  ) throws -> JobStart<Page<Item>> {
    try page(isEmpty: \.isEmptyWithMore, read)
  }
}

extension Page {
  var isEmptyWithMore: Bool { items.isEmpty && nextCursor != nil }
}

/// Cursors are opaque: a check digit keeps callers from making their own by accident.
enum CursorText {
  static func text(of counter: UInt32) -> String { text(of: UInt64(counter)) }

  static func text(of sequence: UInt64) -> String {
    let check = (UInt32(truncatingIfNeeded: sequence) &* 2_654_435_761) >> 22
    return String(sequence << 10 | UInt64(check), radix: 36)
  }

  static func counter(of text: String) -> UInt32? {
    sequence(of: text).flatMap { UInt32(exactly: $0) }
  }

  static func sequence(of text: String) -> UInt64? {
    guard let number = UInt64(text, radix: 36) else { return nil }
    let sequence = number >> 10
    return self.text(of: sequence) == text ? sequence : nil
  }
}

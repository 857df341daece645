import CampaignEngine
import JSONRPC
import Wire

/// Rows match guests by `external_id` where they have one, else by phone and name together, since a
/// family may share a phone. An empty value keeps what is stored.
struct GuestImport: ServiceChange {
  static let name = "guest.import"
  static let summary =
    "Creates and updates many guests; a row that cannot be used is refused alone."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a new guest, and a number that is none",
      params:
        #"{"project_id":"prj_1","rows":[{"external_id":"A-009","name":"Rani Putri","phone":"0812-3000-0099","category":"friends"},{"name":"Uncle Raj","phone":"98123"}]}"#,
      result:
        #"{"counts":{"rows":2,"created":1,"updated":0,"unchanged":0,"refused":1},"items":[{"row":0,"result":"created","guest_id":"gst_7","phone":"+6281230000099","changed":[],"warnings":[],"error":null},{"row":1,"result":"refused","guest_id":null,"phone":null,"changed":[],"warnings":[],"error":{"path":"params.rows[1].phone","reason":"phone_too_short","message":"expected 8 to 15 digits with country code; found 5"}}],"as_of":{"sequence":99,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var rows: [GuestRow] = []
    var isDryRun = false
    var overwritesRSVP = false
    var idempotencyKey: String?
    var match = ImportGuests.GuestMatch.phone

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field(
        "rows", &rows, "The list, at most 1,000 rows a call.", .length(1...Limits.importRows))
      try visit.field(
        "dry_run", &isDryRun, "Says what would happen and changes nothing.", .defaulted)
      try visit.field(
        "overwrite_rsvp", &overwritesRSVP, "Lets rows overwrite what guests answered themselves.",
        .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field(
        "match", &match,
        "How a row without a known external_id finds its guest: by phone and name together, or with name else by the name alone, for whoever has a new phone; a name that several have is refused.",
        .defaulted)
    }
  }

  struct Output: WireObject {
    var counts = Counts()
    var items: [Item] = []
    var asOf = AsOf()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("counts", &counts, "Rows by result.")
      try visit.field("items", &items, "One a row, in order.")
      try visit.field("as_of", &asOf, "When this was true.")
    }

    static var schemaName: String { "GuestImportResult" }
  }

  struct Counts: WireObject {
    var rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0
    static var schemaName: String { "GuestImportCounts" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("rows", &rows, "All.")
      try visit.field("created", &created, "New guests.")
      try visit.field("updated", &updated, "Guests that changed.")
      try visit.field("unchanged", &unchanged, "Guests that were like this already.")
      try visit.field("refused", &refused, "Rows that could not be used.")
    }

    fileprivate mutating func add(_ result: ImportGuests.RowResult) {
      rows += 1
      switch result {
      case .created: created += 1
      case .updated: updated += 1
      case .unchanged: unchanged += 1
      case .refused: refused += 1
      }
    }
  }

  struct Item: WireObject {
    var row = 0
    var result = ImportGuests.RowResult.refused
    var guest: GuestID?
    var phone: Phone?
    var changed: [String] = []
    var warnings: [GuestWarningView] = []
    var error: RowFaultView?
    static var schemaName: String { "GuestImportItem" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("row", &row, "Index of the row, from 0.")
      try visit.field("result", &result, "What became of it.")
      try visit.field("guest_id", &guest, "Guest.")
      try visit.field("phone", &phone, "Phone number as it was understood.")
      try visit.field("changed", &changed, "Fields that changed.")
      try visit.field("warnings", &warnings, "What was noticed.")
      try visit.field("error", &error, "Why the row was refused.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let items = try center.perform(
      ImportGuests(
        project: params.project, rows: params.rows, isDryRun: params.isDryRun,
        overwritesRSVP: params.overwritesRSVP, match: params.match,
        zones: center.zones(of: params.rows)))
    var output = Output()
    output.items.reserveCapacity(items.count)
    for (row, item) in items.enumerated() {
      output.items.append(view(item, row: row))
      output.counts.add(item.result)
    }
    output.asOf = center.asOf
    return output
  }

  private static func view(_ item: ImportGuests.Item, row: Int) -> Item {
    var view = Item()
    (view.row, view.result, view.changed) = (row, item.result, item.changed)
    view.guest = item.guest.nilIfNone
    view.phone = item.phone.isNone ? nil : item.phone
    view.warnings = item.warnings.map { GuestWarningView($0) }
    view.error = item.error.map { RowFaultView($0, row: row, of: "rows") }
    return view
  }
}

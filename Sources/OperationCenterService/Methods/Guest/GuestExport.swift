import CampaignEngine
import JSONRPC
import Wire

/// For a guest who asks what is held on them.
struct GuestExport: ServiceMethod {
  static let name = "guest.export"
  static let summary = "Gives everything that is held on one guest, also on one who was deleted."
  static let details =
    "The first page holds all but the messages; they come page by page, oldest first. What the number wrote before it was a guest's, or after the guest was deleted, is among them."
  static let isMutating = false
  static let capability: Capability? = .administer
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "the first page", params: #"{"guest_id":"gst_4","limit":1}"#,
      result:
        #"{"guest":{"id":"gst_4","name":"Ravi Iyer"},"deleted":false,"person":{"phone":"+919812300051","user_id":null,"subscription":"subscribed"}}"#
    )
  ]

  struct Params: WireObject {
    var guest = GuestID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest.")
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var guest: GuestView?
    var isDeleted = false
    var person: PersonView?
    var executions: [ExecutionExport] = []
    var messages: [MessageView] = []
    var nextCursor: String?
    var asOf = AsOf()
    static var schemaName: String { "GuestExport" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest", &guest, "The guest; null on later pages.")
      try visit.field("deleted", &isDeleted, "Whether the guest was deleted.")
      try visit.field(
        "person", &person, "What is known of the number; null on later pages.")
      try visit.field("executions", &executions, "Walks through flows, oldest first; first page.")
      try visit.field("messages", &messages, "What was sent and received, oldest first.")
      try visit.field(
        "next_cursor", &nextCursor, "Give it as cursor for the next page; absent on the last.",
        .omittable)
      try visit.field("as_of", &asOf, "When this was true.")
    }
  }

  struct ExecutionExport: WireObject {
    var item = ExecutionItem()
    var variables = WireMap<Scalar>()
    var visits: [VisitView] = []
    static var schemaName: String { "ExportedExecution" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try item.fields(&visit)
      try visit.field("variables", &variables, "What the flow remembers.")
      try visit.field("visits", &visits, "All visits of nodes, in order.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let state = center.engine.state
    guard let row = state.heldGuest(params.guest), !row.isErased else {
      throw Rejection.notFound(params.guest.wireText, "Guest")
    }
    let start = Int(try params.paging.start())
    var output = Output()
    output.isDeleted = row.isDeleted
    if start == 0 {
      output.guest = GuestView(params.guest, in: center)
      output.person = PersonView(of: params.guest, in: center)
      output.executions = state.executions(of: params.guest).reversed().map { export($0, state) }
    }
    let messages = state.exportedMessages(of: params.guest)
    let page = messages.dropFirst(start).prefix(Int(params.paging.limit))
    output.messages = page.map { MessageView($0, in: state) }
    if page.endIndex < messages.count, !page.isEmpty {
      output.nextCursor = CursorText.text(of: UInt32(page.endIndex))
    }
    output.asOf = center.asOf
    return output
  }

  private static func export(_ id: ExecutionID, _ state: State) -> ExecutionExport {
    var export = ExecutionExport()
    export.item = ExecutionItem(id, in: state)
    let symbols = state.project(of: id.space).symbols
    for variable in state[id].variables {
      export.variables[symbols[variable.key]] = variable.value
    }
    export.visits = VisitView.visits(of: id, in: state, from: 0, limit: state[id].steps.count)
    return export
  }
}

extension State {
  /// Places in the list do not shift while messages come. The number's own come first, since they
  /// are from before it was the guest's; once the guest is deleted they come last, since only they
  /// get more.
  fileprivate func exportedMessages(of guest: GuestID) -> [MessageID] {
    let person = personRow(behind: guest)
    let ofNumber =
      person == 0 ? [] : looseMessages(of: person, at: senderID(ofSpace: guest.space)).sorted()
    let known = Set(ofNumber)
    let own = personalMessages(of: guest).filter { !known.contains($0) }.sorted()
    return self[guest].isDeleted ? own + ofNumber : ofNumber + own
  }
}

import CampaignEngine
import JSONRPC
import Wire

/// Messages of one project, or those that people unknown to every project wrote to a sender.
struct MessageList: ServiceLongQuery {
  static let name = "message.list"
  static let summary = "Lists messages in the order in which they arose; filters narrow together."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "What guests tapped",
      params:
        #"{"project_id":"prj_1","query":"message.direction = inbound message.type = button"}"#,
      result:
        #"{"items":[{"id":"msg_5","direction":"inbound","status":"received","sender_id":"snd_1","guest":{"id":"gst_1","name":"Meera Rao","phone":"+919812300045"},"campaign_id":"cmp_1","execution_id":"exe_1","node_id":"answer","purpose":"inbound","reminder_id":null,"content":{"type":"button","text":"Attending","template":null,"language":null,"buttons":[],"payload":"exe_1:answer:yes","quotes":null},"gateway_message_id":"wamid.A1","attempts":0,"error":null,"routed_by":"button","needs_attention":false,"cost":null,"created_at":"2026-11-22T09:50:00.000Z","ready_at":null,"accepted_at":null,"sent_at":"2026-11-22T09:49:58.000Z","delivered_at":null,"read_at":null,"failed_at":null,"disposition":"applied","applied_by":{"sequence":71,"type":"execution_variable_set"}}]}"#
    )
  ]

  struct Params: WireObject {
    var project: ProjectID?
    var sender: SenderID?
    var campaign: CampaignID?
    var execution: ExecutionID?
    var guest: GuestID?
    var direction: Direction?
    var status: [MessageStatus]?
    var needsAttention: Bool?
    var query: String?
    var paging = Paging()
    var reminder: ReminderID?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Messages of this project.")
      try visit.field(
        "sender_id", &sender,
        "Or: messages that people unknown to every project wrote to this sender.")
      try visit.field("campaign_id", &campaign, "Only of this campaign.")
      try visit.field("execution_id", &execution, "Only of this execution.")
      try visit.field("guest_id", &guest, "Only of this guest.")
      try visit.field("direction", &direction, "Only outbound, or inbound.")
      try visit.field("status", &status, "Only in one of these states.", .length(0...13))
      try visit.field(
        "needs_attention", &needsAttention,
        "Only inbound messages that nothing routed, or only others.")
      try paging.fields(&visit)
      try visit.field(
        "query", &query,
        "A condition on messages, their executions and their guests: message.error.code = 131049.",
        .length(1...Limits.conditionCharacters))
      try visit.field("reminder_id", &reminder, "Only of this reminder.")
    }
  }

  typealias Output = Page<MessageView>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    try center.page { state, _, search in try page(params, in: state, search) }
  }

  private static func page(
    _ params: Params, in state: State, _ search: PageSearch?
  ) throws -> Output {
    if let sender = params.sender, params.project == nil {
      guard let found = state.find(sender) else {
        throw Rejection.notFound(sender)
      }
      // No project claimed these, so there is nothing but the messages to ask about.
      let condition = try condition(params, ProjectState(row: Project()))
      let space = MessageID(of: sender, counter: 1).space
      return try page(params, condition, found.messages, space: space, state, search)
    }
    guard
      let space = params.project.map({ $0.counter - 1 }) ?? params.execution?.space
        ?? params.campaign?.space ?? params.guest?.space ?? params.reminder?.space
    else {
      throw Rejection.invalidParams(
        field: "project_id", reason: "required",
        "expected project_id, or sender_id, campaign_id, execution_id, guest_id or reminder_id in its place"
      )
    }
    let projectID = ProjectID(space: 0, counter: space + 1)
    guard let project = state.find(projectID) else {
      throw Rejection.notFound(projectID)
    }
    let condition = try condition(params, project)
    if let execution = params.execution {
      guard state.find(execution) != nil else {
        throw Rejection.notFound(execution)
      }
      return try pageOfExecution(
        params, condition, state.messages(of: execution).reversed(), state)
    }
    return try page(params, condition, project.messages, space: space, state, search)
  }

  private static func condition(
    _ params: Params, _ project: ProjectState
  ) throws(Rejection) -> MessageCondition? {
    guard let query = params.query else { return nil }
    do {
      return try MessageCondition(query, project: project)
    } catch {
      throw .badCondition(error, field: "query")
    }
  }

  private static func page(
    _ params: Params, _ condition: MessageCondition?, _ table: ChunkedTable<MessageKind, Message>,
    space: UInt32,
    _ state: State, _ search: PageSearch?
  ) throws -> Page<MessageView> {
    try params.paging.page(
      upTo: table.count, testing: condition?.weight ?? 1, search: search
    ) { counter in
      let id = MessageID(space: space, counter: counter)
      guard matches(table[counter], params), condition?.matches(id, in: state) ?? true else {
        return nil
      }
      return MessageView(id, in: state)
    }
  }

  /// An execution's messages are linked, so only they are looked at.
  private static func pageOfExecution(
    _ params: Params, _ condition: MessageCondition?, _ ids: [MessageID], _ state: State
  ) throws -> Page<MessageView> {
    let start = try params.paging.start()
    var page = Page<MessageView>()
    for id in ids
    where id.counter > start && matches(state[id], params)
      && condition?.matches(id, in: state) ?? true
    {
      if page.items.count == Int(params.paging.limit) {
        page.nextCursor = page.items.last.map { CursorText.text(of: $0.id.counter) }
        break
      }
      page.items.append(MessageView(id, in: state))
    }
    return page
  }

  private static func matches(_ row: Message, _ params: Params) -> Bool {
    (params.campaign.map { $0 == row.campaign } ?? true)
      && (params.execution.map { $0 == row.execution } ?? true)
      && (params.guest.map { $0 == row.guest } ?? true)
      && (params.reminder.map { $0 == row.reminder } ?? true)
      && (params.direction.map { $0 == row.direction } ?? true)
      && (params.status?.contains(row.status) ?? true)
      && (params.needsAttention.map { $0 == row.needsAttention } ?? true)
  }
}

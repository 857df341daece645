/// Everything the engine knows, at one point of the journal. Only events change it, through
/// `apply`; what is marked as an index is derived from the rest and rebuilt after a snapshot.
package struct State: Sendable {
  /// The time stamped on the newest event; never goes back.
  package internal(set) var now = Timestamp.zero
  /// Who brought the newest event about.
  package internal(set) var cause = Cause()
  package internal(set) var senders = Table<SenderKind, SenderState>()
  package internal(set) var projects = Table<ProjectKind, ProjectState>()
  /// Index: counters of senders.
  package internal(set) var sendersByPhone = ShardedIndex<Phone, UInt32>()
  package internal(set) var zones: [ZoneRules] = []
  package internal(set) var idempotency = IdempotencyTable()
  package internal(set) var webhooks = WebhookQueue()
  /// Index: everything that falls due.
  package internal(set) var timers = SortedChunks<Timer>()
  /// Index: what falls due for other rows than executions.
  package internal(set) var alarms = SortedChunks<Alarm>()
  /// Index: campaigns that have work to do in slices.
  package internal(set) var busyCampaigns = SortedChunks<CampaignID>()
  /// Index: campaigns whose first share is under way.
  package internal(set) var sharesUnderWay = SortedChunks<CampaignID>()
  /// Index: reminders that have.
  package internal(set) var busyReminders = SortedChunks<ReminderID>()

  /// Which rows rest; see `packResting`.
  var packing = PackingProgress()

  package init() {}

  package func zone(named name: String) -> ZoneRules? { zones.first { $0.name == name } }
}

/// A business number with all that is known only to it.
package struct SenderState: Sendable {
  package var row: Sender
  package internal(set) var persons = ChunkedTable<Never, Person>()
  /// Messages from people whom no project knows.
  package internal(set) var messages = ChunkedTable<MessageKind, Message>()
  package internal(set) var parkedReports: [ParkedReport] = []
  /// Messages that were erased in the last days, oldest first.
  package internal(set) var erasedMessages: [ErasedMessage] = []
  /// Indexes.
  package internal(set) var personsByPhone = ShardedIndex<Phone, UInt32>()
  /// By what is left of erased numbers and user ids: few.
  package internal(set) var personsByDigest: [String: UInt32] = [:]
  package internal(set) var personsByUserID = ShardedIndex<String, UInt32>()
  package internal(set) var erasedAt = ShardedIndex<UInt64, Timestamp>()
  package internal(set) var needsAttention = SortedChunks<UInt32>()
  package internal(set) var messagesByGatewayID = FingerprintIndex<MessageKind>()
  package internal(set) var priorityLane = SortedChunks<LaneEntry>()
  /// Messages that belong to no campaign and are no replies.
  package internal(set) var looseLane = SortedChunks<LaneEntry>()
  package internal(set) var looseBlocked = BlockedLanes()
  /// Persons who were written to outside their windows in the last 24 hours, oldest first.
  package internal(set) var dailySends = SortedChunks<DailySend>()
  /// Campaigns of this number that may send, in order.
  package internal(set) var runningCampaigns: [CampaignID] = []
  /// The stop words as they are compared.
  package private(set) var stopTexts: Set<FoldedText> = []

  init(row: Sender) {
    self.row = row
    indexStopWords()
  }

  /// Whole messages by which one who opted out comes back. Meta's own words, and nobody's to change.
  static let startTexts = Set(
    ["start", "unstop", "subscribe", "opt in", "mulai", "berlangganan"].map { FoldedText($0) })

  mutating func indexStopWords() { stopTexts = Set(row.currentStopWords.map { FoldedText($0) }) }
}

/// One project: nothing in it reads another.
package struct ProjectState: Sendable {
  package var row: Project
  package internal(set) var symbols = SymbolTable()
  package internal(set) var guests = ChunkedTable<GuestKind, Guest>()
  package internal(set) var templates = Table<TemplateKind, Template>()
  package internal(set) var chatflows = Table<ChatflowKind, Chatflow>()
  package internal(set) var campaigns = Table<CampaignKind, Campaign>()
  package internal(set) var executions = ChunkedTable<ExecutionKind, Execution>()
  package internal(set) var bulks = Table<BulkKind, BulkState>()
  package internal(set) var messages = ChunkedTable<MessageKind, Message>()
  package internal(set) var reminders = Table<ReminderKind, ReminderState>()
  package internal(set) var counters = ProjectCounters()
  package internal(set) var erasures = ChunkedTable<Never, Erasure>()
  /// Indexes.
  package internal(set) var erasuresByGuest = ShardedIndex<UInt32, UInt32>()
  package internal(set) var guestsByExternalID = ShardedIndex<String, UInt32>()
  /// Those whom lists have, by their names.
  package internal(set) var guestsByName = SortedChunks<NameEntry>()
  package internal(set) var guestsByHousehold = SortedChunks<HouseholdEntry>()
  package internal(set) var templatesByName: [String: UInt32] = [:]
  package internal(set) var campaignIndexes = Table<CampaignKind, CampaignIndex>()
  package internal(set) var needsAttention = SortedChunks<UInt32>()
  /// Messages that a start has to look at.
  package internal(set) var unsettled = SortedChunks<UInt32>()
  /// Running campaigns that take guests in as they come, in order.
  package internal(set) var joinableCampaigns: [UInt32] = []
  /// Messages held back in the hope that their guest opens a session window.
  package internal(set) var pending = SortedChunks<UInt32>()
  /// Guests with an answer to each event, by its place.
  package internal(set) var answerCounts: [Int] = []
  package internal(set) var deletedGuestCount: UInt32 = 0

  package init(row: Project) { self.row = row }
}

extension ProjectState {
  /// Those that were not deleted.
  package var presentTemplates: [Template] { templates.rows.filter { !$0.isDeleted } }
}

/// What is looked up about one campaign.
package struct CampaignIndex: Sendable {
  /// Its executions in the order of their enrolment.
  package internal(set) var members = ChunkedList<UInt32>()
  /// Its messages that wait to be sent.
  package internal(set) var lane = SortedChunks<LaneEntry>()
  /// Its executions that wait to be set going.
  package internal(set) var ready = SortedChunks<UInt32>()
  /// Its graph where that is not a version's own: after a migration.
  package internal(set) var mergedGraph: ChatflowGraph?
  /// Bulk operations on it that go on, oldest first.
  package internal(set) var runningBulks: [UInt32] = []
  /// Its reminders, oldest first, and those of them that are being worked off.
  package internal(set) var reminders: [ReminderID] = []
  package internal(set) var sendingReminders = SortedChunks<ReminderID>()
  /// Those that wait for something beside their time.
  package internal(set) var blocked = BlockedLanes()
  /// Its newest execution that wrote to a person, by the person's row.
  package internal(set) var written = ShardedIndex<UInt32, UInt32>()
  /// Its executions that were left out since another guest speaks for them, by who does or did.
  package internal(set) var spokenFor = SortedChunks<SpokenForEntry>()
}

/// A message in a lane: earliest first, then by identifier.
package struct LaneEntry: Comparable, Sendable {
  package let readyAt: Timestamp
  package let message: MessageID

  package static func < (left: Self, right: Self) -> Bool {
    left.readyAt != right.readyAt ? left.readyAt < right.readyAt : left.message < right.message
  }
}

/// The end of an execution's wait. It carries the generation of what set it; if the execution has
/// moved on since, it does nothing.
package struct Timer: Comparable, Sendable {
  package let due: Timestamp
  package let execution: ExecutionID
  package let generation: UInt32

  package static func < (left: Self, right: Self) -> Bool {
    if left.due != right.due { return left.due < right.due }
    if left.execution != right.execution { return left.execution < right.execution }
    return left.generation < right.generation
  }
}

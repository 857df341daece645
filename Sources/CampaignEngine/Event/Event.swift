import Wire

/// One fact. Events are the only way to change the state, live and in recovery alike, and applying
/// one cannot fail: whatever could be refused was refused before the event came to be.
protocol Event: WireObject {
  static var kind: EventKind { get }
  /// What others are told of it; nil for an `InternalEvent`.
  static var publicData: (any PublicData.Type)? { get }

  /// Fills in what follows from the state before and is only told, never applied: the identifier of
  /// what comes to be, what stood there before.
  mutating func complete(from state: State)
  func apply(to state: inout State)
  /// As others are told of it, at any time later; nil where there is nothing to tell.
  func publish(in state: State) -> PublicEvent?
  /// The guest whom it created or changed, who may come to match a filter by that.
  func changedGuest(in state: State) -> GuestID?
  /// Takes its place where there may be several.
  func changedGuests(in state: State) -> [GuestID]
}

extension Event {
  static var publicData: (any PublicData.Type)? { nil }
  mutating func complete(from state: State) {}
  func publish(in state: State) -> PublicEvent? { nil }
  func changedGuest(in state: State) -> GuestID? { nil }
  func changedGuests(in state: State) -> [GuestID] { [] }
}

/// Numbers of the events in the journal; never reuse one. Field lists only grow at their end.
package enum EventKind: UInt16, CaseIterable, Sendable {
  case timeAdvanced = 1
  case resultRemembered = 2
  case zoneRecorded = 3
  case causeChanged = 4
  case senderCreated = 10
  case personChanged = 11
  case turnChanged = 12
  case reportParked = 13
  case senderUpdated = 14
  case senderSlowed = 15
  case personMet = 16
  case personAliased = 17
  case personRecognised = 18
  case projectCreated = 20
  case projectUpdated = 21
  case projectDeleted = 22
  case guestCreated = 30
  case guestUpdated = 31
  case guestDeleted = 32
  case guestErased = 33
  case templateCreated = 40
  case templateUpdated = 41
  case templateDeleted = 42
  case chatflowSaved = 50
  case chatflowDeleted = 51
  case campaignCreated = 60
  case campaignStarted = 61
  case campaignStatusChanged = 62
  case enrolmentAdvanced = 63
  case sweepAdvanced = 64
  case campaignUpdated = 65
  case campaignScheduled = 66
  case campaignFired = 67
  case campaignDeleted = 68
  case enrolmentExtended = 69
  case enrolmentCounted = 153
  case campaignMigrated = 150
  case migrationAdvanced = 151
  case executionMigrated = 152
  case campaignReviewed = 154
  case firstShareAdvanced = 155
  case firstShareContinued = 156
  case executionEnrolled = 70
  case nodeEntered = 71
  case executionWaits = 72
  case executionEnded = 73
  case executionTakenBack = 74
  case variableSet = 75
  case executionFailureNoted = 76
  case executionWoken = 77
  case executionReopened = 78
  case executionPaused = 79
  case executionResumed = 80
  case executionRetried = 81
  case executionReset = 82
  case speakerChanged = 83
  case answerKept = 84
  case messageQueued = 90
  case attemptStarted = 91
  case messageAccepted = 92
  case messagePostponed = 93
  case messageSettled = 94
  case messageReported = 95
  case messageReceived = 96
  case messageApplied = 97
  case messageReleased = 98
  case templateStatusReported = 99
  case earlierAttemptReported = 100
  case gatewayIDLearnt = 101
  case messageDisposed = 102
  case reminderCreated = 110
  case reminderUpdated = 111
  case reminderStarted = 112
  case reminderAdvanced = 113
  case guestReminded = 114
  case reminderCancelled = 115
  case reminderCleared = 116
  case bulkStarted = 120
  case bulkAdvanced = 121
  case bulkSelected = 122
  case operatorMessageQueued = 130
  case messageRouted = 131
  case answerTold = 132
  case webhookReceived = 140
  case webhookAdvanced = 141
  case accountStopped = 142

  /// `time_advanced`, as people and schemas read it.
  package var name: String {
    var name = ""
    for character in String(describing: self) {
      if character.isUppercase { name.append("_") }
      name.append(contentsOf: character.lowercased())
    }
    return name
  }
}

/// The version that events of every kind carry. Field lists only grow at their end, and a record that
/// ends earlier keeps the defaults of the rest, so no kind has needed a second version yet.
package let eventVersion: UInt16 = 1

/// A record of the journal that this engine cannot read.
package struct UnreadableEvent: Error, CustomStringConvertible {
  package let description: String
}

extension EventKind {
  /// The type behind the number; one line a kind.
  var type: any Event.Type {
    switch self {
    case .timeAdvanced: TimeAdvanced.self
    case .resultRemembered: ResultRemembered.self
    case .zoneRecorded: ZoneRecorded.self
    case .causeChanged: CauseChanged.self
    case .senderCreated: SenderCreated.self
    case .personChanged: PersonChanged.self
    case .turnChanged: TurnChanged.self
    case .reportParked: ReportParked.self
    case .senderUpdated: SenderUpdated.self
    case .senderSlowed: SenderSlowed.self
    case .personMet: PersonMet.self
    case .personAliased: PersonAliased.self
    case .personRecognised: PersonRecognised.self
    case .projectCreated: ProjectCreated.self
    case .projectUpdated: ProjectUpdated.self
    case .projectDeleted: ProjectDeleted.self
    case .guestCreated: GuestCreated.self
    case .guestUpdated: GuestUpdated.self
    case .guestDeleted: GuestDeleted.self
    case .guestErased: GuestErased.self
    case .templateCreated: TemplateCreated.self
    case .templateUpdated: TemplateUpdated.self
    case .templateDeleted: TemplateDeleted.self
    case .chatflowSaved: ChatflowSaved.self
    case .chatflowDeleted: ChatflowDeleted.self
    case .campaignCreated: CampaignCreated.self
    case .campaignStarted: CampaignStarted.self
    case .campaignStatusChanged: CampaignStatusChanged.self
    case .enrolmentAdvanced: EnrolmentAdvanced.self
    case .sweepAdvanced: SweepAdvanced.self
    case .campaignUpdated: CampaignUpdated.self
    case .campaignScheduled: CampaignScheduled.self
    case .campaignFired: CampaignFired.self
    case .campaignDeleted: CampaignDeleted.self
    case .enrolmentExtended: EnrolmentExtended.self
    case .enrolmentCounted: EnrolmentCounted.self
    case .campaignMigrated: CampaignMigrated.self
    case .migrationAdvanced: MigrationAdvanced.self
    case .executionMigrated: ExecutionMigrated.self
    case .campaignReviewed: CampaignReviewed.self
    case .executionEnrolled: ExecutionEnrolled.self
    case .nodeEntered: NodeEntered.self
    case .executionWaits: ExecutionWaits.self
    case .executionEnded: ExecutionEnded.self
    case .executionTakenBack: ExecutionTakenBack.self
    case .variableSet: VariableSet.self
    case .executionFailureNoted: ExecutionFailureNoted.self
    case .executionWoken: ExecutionWoken.self
    case .executionReopened: ExecutionReopened.self
    case .executionPaused: ExecutionPaused.self
    case .executionResumed: ExecutionResumed.self
    case .executionRetried: ExecutionRetried.self
    case .executionReset: ExecutionReset.self
    case .speakerChanged: SpeakerChanged.self
    case .answerKept: AnswerKept.self
    case .messageQueued: MessageQueued.self
    case .attemptStarted: AttemptStarted.self
    case .messageAccepted: MessageAccepted.self
    case .messagePostponed: MessagePostponed.self
    case .messageSettled: MessageSettled.self
    case .messageReported: MessageReported.self
    case .messageReceived: MessageReceived.self
    case .messageApplied: MessageApplied.self
    case .messageReleased: MessageReleased.self
    case .templateStatusReported: TemplateStatusReported.self
    case .earlierAttemptReported: EarlierAttemptReported.self
    case .gatewayIDLearnt: GatewayIDLearnt.self
    case .messageDisposed: MessageDisposed.self
    case .bulkStarted: BulkStarted.self
    case .bulkAdvanced: BulkAdvanced.self
    case .bulkSelected: BulkSelected.self
    case .reminderCreated: ReminderCreated.self
    case .reminderUpdated: ReminderUpdated.self
    case .reminderStarted: ReminderStarted.self
    case .reminderAdvanced: ReminderAdvanced.self
    case .guestReminded: GuestReminded.self
    case .reminderCancelled: ReminderCancelled.self
    case .reminderCleared: ReminderCleared.self
    case .operatorMessageQueued: OperatorMessageQueued.self
    case .messageRouted: MessageRouted.self
    case .firstShareAdvanced: FirstShareAdvanced.self
    case .firstShareContinued: FirstShareContinued.self
    case .answerTold: AnswerTold.self
    case .webhookReceived: WebhookReceived.self
    case .webhookAdvanced: WebhookAdvanced.self
    case .accountStopped: AccountStopped.self
    }
  }
}

/// Events of the running command in their binary form, ready for the journal.
package struct EventBatch: Sendable {
  package struct Record: Sendable {
    package let kind: EventKind
    package let payload: [UInt8]
  }

  package internal(set) var records: [Record] = []

  mutating func append<Kind: Event>(_ event: Kind) {
    records.append(Record(kind: Kind.kind, payload: Binary.encode(event)))
  }

  /// That an event came, without what it says.
  mutating func note(_ kind: EventKind) { records.append(Record(kind: kind, payload: [])) }
}

extension State {
  /// Applies a record of the journal: the same `apply` as live.
  package mutating func replay(kind number: UInt16, version: UInt16, payload: [UInt8]) throws {
    guard let kind = EventKind(rawValue: number) else {
      throw UnreadableEvent(description: "event kind \(number) is unknown to this version")
    }
    guard version == eventVersion else {
      throw UnreadableEvent(
        description: "\(kind.name) has version \(version); this program reads \(eventVersion)")
    }
    try Self.decode(kind.type, payload).apply(to: &self)
  }

  private static func decode<Kind: Event>(_ type: Kind.Type, _ payload: [UInt8]) throws -> Kind {
    try Binary.decode(type, from: payload)
  }
}

import CampaignEngine
import Wire

package struct SenderView: WireObject {
  package var id = SenderID.none
  package var name = ""
  package var phone = Phone.none
  package var gateway = GatewayKind.simulator
  package var account: String?
  package var messagesPerSecond: Int64 = 0
  package var currency = ""
  package var rates: [Rate] = []
  package var stopWords: [String] = []
  package var allowances: [AllowanceView] = []
  package var daily = DailyView()
  package var queued = SenderQueueView()
  package var createdAt = Timestamp.zero
  package var requiresConsent: Bool?

  package init() {}

  init(_ id: SenderID, in center: isolated OperationCenter) {
    let state = center.engine.state
    let row = state[id].row
    self.id = id
    (name, phone, gateway) = (row.name, row.phone, row.gateway)
    account = row.account.isEmpty ? nil : row.account
    (messagesPerSecond, currency, rates) = (row.messagesPerSecond, row.currency, row.rates)
    (stopWords, createdAt) = (row.currentStopWords, row.createdAt)
    allowances = row.allowances.map { AllowanceView($0, row, at: center.now) }
    daily = DailyView(state[id], at: center.now)
    queued = SenderQueueView(state[id], in: state)
    requiresConsent = row.requiresConsent ? true : nil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("name", &name, "What people call this number.")
    try visit.field("phone", &phone, "The business number.")
    try visit.field("gateway", &gateway, "Who carries its messages.")
    try visit.field(
      "account", &account, "WhatsApp Business account of the number; null where nobody said.")
    try visit.field("messages_per_second", &messagesPerSecond, "Throughput of the number.")
    try visit.field("currency", &currency, "Currency of its prices.")
    try visit.field("rates", &rates, "Dated prices.")
    try visit.field("stop_words", &stopWords, "Whole messages that opt a guest out.")
    try visit.field("allowances", &allowances, "Messages a month that cost nothing.")
    try visit.field("daily", &daily, "The limit on people outside their session windows.")
    try visit.field("queued", &queued, "Messages that wait to be sent.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field(
      "require_consent", &requiresConsent,
      "True where guests are left out who have not agreed to be written to.", .omittable)
  }
}

/// A free allotment, and how far this month has used it up.
package struct AllowanceView: WireObject {
  package var allowance = Allowance()
  package var used: Int64 = 0

  package init() {}

  init(_ allowance: Allowance, _ sender: Sender, at time: Timestamp) {
    self.allowance = allowance
    let delivered = sender.deliveries(of: allowance.category, inMonthOf: time)
    let isInForce = sender.allowance(for: allowance.category, at: time) == allowance
    used = isInForce ? min(delivered, allowance.perMonth) : 0
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try allowance.fields(&visit)
    try visit.field("used", &used, "Messages of this month that it has paid for.")
  }
}

/// How far the number has used up WhatsApp's limit on people that it writes to first.
package struct DailyView: WireObject {
  package var limit: Int64?
  package var used = 0
  package var roomAt: Timestamp?

  package init() {}

  init(_ sender: SenderState, at time: Timestamp) {
    limit = sender.row.dailyLimit
    used = sender.dailyCount(at: time)
    let room = sender.nextDailyRoom(at: time)
    roomAt = room > time ? room : nil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "limit", &limit, "People whom it may write to in 24 hours; null where nothing limits it.")
    try visit.field("used", &used, "People written to in the last 24 hours.")
    try visit.field(
      "room_at", &roomAt, "When one more person may be written to; null while that is now.")
  }
}

/// What waits at a number, by what it waits for.
package struct SenderQueueView: WireObject {
  package var replies = 0
  package var campaigns = 0
  package var others = 0
  package var dailyLimit = 0
  package var templateStop = 0
  package static var schemaName: String { "SenderQueue" }

  package init() {}

  init(_ sender: SenderState, in state: State) {
    replies = sender.priorityLane.count
    for campaign in sender.runningCampaigns {
      let index = state.index(of: campaign)
      campaigns += index.lane.count
      count(index.blocked)
    }
    others = sender.looseLane.count
    count(sender.looseBlocked)
  }

  private mutating func count(_ blocked: BlockedLanes) {
    for lane in blocked.lanes {
      switch lane.block.cause {
      case .dailyLimit: dailyLimit += lane.lane.count
      case .templateStop: templateStop += lane.lane.count
      }
    }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "replies", &replies, "Parts of a dialogue, and what operators write; they go first.")
    try visit.field("campaigns", &campaigns, "What running campaigns begin, in turns.")
    try visit.field("others", &others, "What belongs to no campaign; takes turns with them.")
    try visit.field("daily_limit", &dailyLimit, "Those that only the daily limit holds.")
    try visit.field("template_stop", &templateStop, "Those whose template WhatsApp has stopped.")
  }
}

import Wire

/// A sender changed: what is nil stays.
struct SenderUpdated: Event {
  static let kind = EventKind.senderUpdated
  var sender = SenderID.none
  var change = SenderChange()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("change", &change, "What changes.")
  }

  func apply(to state: inout State) {
    state.senders[sender].row = change.applied(to: state.senders[sender].row)
    state.senders[sender].indexStopWords()
  }
}

/// What an operator may change of a sender. Its number and its currency are for life: messages and
/// costs stand in them.
package struct SenderChange: WireObject {
  package var name: String?
  package var messagesPerSecond: Int64?
  package var rates: [Rate]?
  package var stopWords: [String]?
  package var dailyLimit = Patch<Int64>.keep
  package var allowances: [Allowance]?
  package var account: String?
  package var requiresConsent: Bool?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "What people call this number.")
    try visit.field("messages_per_second", &messagesPerSecond, "Throughput of the number.")
    try visit.field("rates", &rates, "Dated prices.")
    try visit.field("stop_words", &stopWords, "Whole messages that opt a guest out.")
    try visit.field("daily_limit", &dailyLimit, "Persons a day outside their windows.")
    try visit.field("allowances", &allowances, "Free allotments.")
    try visit.field("account", &account, "WhatsApp Business account.")
    try visit.field("requires_consent", &requiresConsent, "Whether guests must have agreed.")
  }

  func applied(to row: Sender) -> Sender {
    var row = row
    if let name { row.name = name }
    if let messagesPerSecond { row.messagesPerSecond = messagesPerSecond }
    if let rates { row.rates = rates }
    if let stopWords { row.stopWords = stopWords }
    switch dailyLimit {
    case .keep: break
    case .clear: row.dailyLimit = nil
    case .set(let limit): row.dailyLimit = limit
    }
    if let allowances { row.allowances = allowances }
    if let account { row.account = account }
    if let requiresConsent { row.requiresConsent = requiresConsent }
    return row
  }
}

extension SenderUpdated {
  static var publicData: (any PublicData.Type)? { SenderUpdatedData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = SenderUpdatedData()
    data.sender = sender
    return PublicEvent(data)
  }
}

package struct SenderUpdatedData: PublicData {
  package static let kind = PublicKind("sender_updated")
  package static let summary = "What a sender is called, costs or may do has changed."
  package var sender = SenderID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "Sender.")
  }
}

import CampaignEngine
import Wire

/// A person as one sender knows them, with what may be sent to them now.
package struct SessionView: WireObject {
  package var sender = SenderID.none
  package var phone: Phone?
  package var userID: String?
  package var guests: [GuestID] = []
  package var sessionWindow = SessionWindowView()
  package var lastInboundAt: Timestamp?
  package var subscription = Subscription.subscribed
  package var pending = 0
  package var rate = PairRateView()
  package var marketingStoppedAt: Timestamp?

  package init() {}

  /// - Parameter only: the one project whose guests the caller may see.
  init(
    _ person: UInt32, of sender: SenderID, in state: State, at now: Timestamp,
    seenBy only: ProjectID?
  ) {
    let row = state[sender].persons[person]
    self.sender = sender
    (phone, userID) = (row.phone.isNone ? nil : row.phone, row.userID.nilIfEmpty)
    guests = state.guests(of: person, at: sender).reversed()
      .filter { guest in only.map { guest.belongs(to: $0) } ?? true }
    // Another project may know them by another number.
    if only != nil { phone = guests.first.map { state[$0].phone } }
    sessionWindow = SessionWindowView(row, at: now)
    lastInboundAt = row.lastInboundAt.nilIfZero
    subscription = row.subscription
    pending = guests.reduce(0) { $0 + state.pendingMessages(of: $1).count }
    rate = PairRateView(row, at: now)
    marketingStoppedAt = row.marketingStoppedAt
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "Business number.")
    try visit.field("phone", &phone, "The person's number, where one is known.")
    try visit.field("user_id", &userID, "WhatsApp's id of the person, where it told one.")
    try visit.field("guest_ids", &guests, "Guests that are this person, in any project.")
    try visit.field("session_window", &sessionWindow, "Whether free text is allowed.")
    try visit.field("last_inbound_at", &lastInboundAt, "Newest message that opened the window.")
    try visit.field("subscription", &subscription, "What may be sent.")
    try visit.field("pending", &pending, "Messages held back until the person writes.")
    try visit.field("rate", &rate, "WhatsApp's limit for this pair of number and person.")
    try visit.marketingStop(&marketingStoppedAt)
  }
}

package struct PairRateView: WireObject {
  package var available: Int64 = 0
  package var nextAt: Timestamp?
  package static var schemaName: String { "PairRate" }

  package init() {}

  init(_ person: Person, at time: Timestamp) {
    available = person.pairTokens(at: time)
    nextAt = available == 0 ? person.nextPairToken : nil
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("available", &available, "Messages that may go at once.")
    try visit.field("next_at", &nextAt, "When the next may go; null while one may go now.")
  }
}

/// A message that is held back in the hope that its guest opens a session window.
package struct PendingInvitation: WireObject {
  package var message = MessageID.none
  package var execution = ExecutionID.none
  package var campaign = CampaignID.none
  package var node = ""
  package var position = 1
  package var guest = GuestReference()
  package var heldSince = Timestamp.zero
  package var releaseAt = Timestamp.zero
  package var sessionWindow = SessionWindowView()
  package var template: PendingTemplate?
  package var price = PendingPrice()

  package init() {}

  init(_ id: MessageID, in center: isolated OperationCenter) {
    let state = center.engine.state
    let row = state[id]
    let node = state.graph(of: row.campaign).nodes[
      Int(state[row.execution].steps[Int(row.step)].node)]
    message = id
    (execution, campaign, self.node) = (row.execution, row.campaign, node.id)
    position = (state.pendingMessages(of: row.guest).firstIndex(of: id) ?? 0) + 1
    guest = GuestReference(row.guest, in: state)
    (heldSince, releaseAt) = (row.createdAt, row.readyAt)
    sessionWindow = SessionWindowView(state.person(of: row.guest), at: center.now)
    if node.data.isInvitation, let name = node.data.templateUse?.name {
      template = PendingTemplate(name, for: row.guest, in: state)
    }
    price = PendingPrice(row, category: template?.category, in: center)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("message_id", &message, "Message.")
    try visit.field("execution_id", &execution, "Execution that waits for it.")
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("node_id", &node, "Node that sends it.")
    try visit.field("position", &position, "Place among this guest's own pending messages.")
    try visit.field("guest", &guest, "Guest.")
    try visit.field("held_since", &heldSince, "When it was held back.")
    try visit.field(
      "release_at", &releaseAt, "When the template goes if the guest stays silent.")
    try visit.field("session_window", &sessionWindow, "Whether free text is allowed.")
    try visit.field(
      "template", &template, "What goes then; null where nothing would, or none is approved.")
    try visit.field("price", &price, "What either would cost now.")
  }
}

package struct PendingTemplate: WireObject {
  package var name = ""
  package var language = ""
  package var category = TemplateCategory.marketing

  package init() {}

  init?(_ name: String, for guest: GuestID, in state: State) {
    let languages = state.project(of: guest.space).row.languages
    let own = state[guest].language
    guard let template = state.template(named: name, space: guest.space)?.row,
      let variant = template.variantIndex(
        language: own.isEmpty ? languages.first ?? "" : own, projectLanguages: languages)
    else { return nil }
    (self.name, category) = (name, template.category)
    language = template.variants[variant].language
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name at WhatsApp.")
    try visit.field("language", &language, "Language of its variant.")
    try visit.field("category", &category, "Category.")
  }
}

package struct PendingPrice: WireObject {
  package var currency = ""
  package var asTemplateMicros: Int64?
  package var asSessionTextMicros: Int64?

  package init() {}

  init(_ row: Message, category: TemplateCategory?, in center: isolated OperationCenter) {
    let state = center.engine.state
    let sender = state[row.sender].row
    let (phone, now) = (state[row.guest].phone, center.now)
    currency = sender.currency
    asTemplateMicros = category.flatMap {
      sender.priceNow(of: $0.price, to: phone, at: now, inWindow: false)
    }
    asSessionTextMicros = sender.priceNow(of: .service, to: phone, at: now, inWindow: true)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("currency", &currency, "Currency.")
    try visit.field(
      "as_template_micros", &asTemplateMicros, "As the template; null if unknown.")
    try visit.field(
      "as_session_text_micros", &asSessionTextMicros,
      "As free text in the open window; null if unknown.")
  }
}

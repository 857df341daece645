import CampaignEngine
import Wire

package struct MessageStatsView: WireObject {
  package var campaign: CampaignID?
  package var project: ProjectID?
  package var sums = MessageSums()
  package var byTemplate: [TemplateMessages] = []
  package var byCategory: [CategoryMessages] = []
  package var byPurpose: [PurposeMessages] = []
  package var errors: [ErrorMessages] = []
  package var inbound = InboundCounts()
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "MessageStats" }

  init(_ source: StatsSource) {
    let counters = source.counters
    (campaign, project) = (source.scope.campaign, source.scope.project)
    for cell in counters.cells { add(cell, source.project) }
    sums.finish()
    for index in byTemplate.indices { byTemplate[index].sums.finish() }
    for index in byCategory.indices { byCategory[index].sums.finish() }
    for index in byPurpose.indices { byPurpose[index].sums.finish() }
    errors = counters.errors.map { ErrorMessages($0) }
    inbound = InboundCounts(counters)
  }

  /// Cells of one template stand side by side; categories and purposes are few.
  private mutating func add(_ cell: MessageCell, _ project: ProjectState) {
    sums.add(cell)
    if byTemplate.isEmpty || byTemplate.last?.template != cell.group.template.nilIfNone {
      byTemplate.append(TemplateMessages(cell.group.template, project))
    }
    byTemplate[byTemplate.count - 1].sums.add(cell)
    let category =
      byCategory.firstIndex { $0.category == cell.group.category } ?? byCategory.count
    if category == byCategory.count {
      byCategory.append(CategoryMessages(category: cell.group.category))
    }
    byCategory[category].sums.add(cell)
    let purpose = byPurpose.firstIndex { $0.purpose == cell.group.purpose } ?? byPurpose.count
    if purpose == byPurpose.count { byPurpose.append(PurposeMessages(purpose: cell.group.purpose)) }
    byPurpose[purpose].sums.add(cell)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign, where one was asked for.")
    try visit.field("project_id", &project, "Project, where one was asked for.")
    try sums.fields(&visit)
    try visit.field("by_template", &byTemplate, "By template.")
    try visit.field("by_category", &byCategory, "By category of price.")
    try visit.field("by_purpose", &byPurpose, "By what they are for.")
    try visit.field("errors", &errors, "Those that failed, or whose outcome is unknown, by error.")
    try visit.field("inbound", &inbound, "Inbound messages.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

/// Outbound messages by status, and what that means.
package struct MessageSums: WireObject {
  package var total = 0
  package var statuses = WireMap<Int>()
  package var rates = DeliveryRates()
  private var counts = Array(repeating: 0, count: MessageStatus.allCases.count)

  package init() {}

  mutating func add(_ cell: MessageCell) {
    for (index, count) in cell.statuses.enumerated() { counts[index] += count }
  }

  mutating func finish() {
    total = counts.reduce(0, +)
    statuses = WireMap(MessageStatus.self, counts, without: .received)
    rates = DeliveryRates(counts)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("total", &total, "All.")
    try visit.field("statuses", &statuses, "By status.")
    try visit.field("rates", &rates, "Shares in a thousand.")
  }
}

/// Whole thousandths, rounded down; null where there is nothing to take a share of.
package struct DeliveryRates: WireObject {
  package var delivered: Int?
  package var read: Int?
  package var failed: Int?

  package init() {}

  init(_ counts: [Int]) {
    func count(_ statuses: MessageStatus...) -> Int {
      statuses.reduce(0) { $0 + counts[$1.index] }
    }
    func share(_ part: Int, of whole: Int) -> Int? { whole > 0 ? part * 1000 / whole : nil }
    let arrived = count(.delivered, .read)
    let settled = arrived + count(.accepted, .held, .sent, .failed)
    delivered = share(arrived, of: settled)
    read = share(count(.read), of: arrived)
    failed = share(count(.failed), of: settled)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "delivered_per_mille", &delivered,
      "Delivered or read, of all that WhatsApp took or that failed.")
    try visit.field("read_per_mille", &read, "Read, of those delivered.")
    try visit.field(
      "failed_per_mille", &failed, "Failed, of all that WhatsApp took or that failed.")
  }
}

package struct TemplateMessages: WireObject {
  package var template: TemplateID?
  package var name: String?
  package var sums = MessageSums()

  package init() {}

  init(_ id: TemplateID, _ project: ProjectState) {
    template = id.nilIfNone
    name = id.isNone ? nil : project.templates[id].name
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template; null for free text.")
    try visit.field("name", &name, "Its name.")
    try sums.fields(&visit)
  }
}

package struct CategoryMessages: WireObject {
  package var category: PriceCategory?
  package var sums = MessageSums()

  package init() {}
  init(category: PriceCategory?) { self.category = category }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind for the rate card; null until it is sent.")
    try sums.fields(&visit)
  }
}

package struct PurposeMessages: WireObject {
  package var purpose = MessagePurpose.node
  package var sums = MessageSums()

  package init() {}
  init(purpose: MessagePurpose) { self.purpose = purpose }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("purpose", &purpose, "What they are for.")
    try sums.fields(&visit)
  }
}

package struct ErrorMessages: WireObject {
  package var errorClass = ErrorClass.transient
  package var gatewayCode: Int64?
  package var messages = 0

  package init() {}

  init(_ item: ErrorCount) {
    (errorClass, gatewayCode, messages) = (item.errorClass, item.code, item.count)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("gateway_code", &gatewayCode, "WhatsApp's own code.")
    try visit.field("messages", &messages, "How many.")
  }
}

import CampaignEngine
import Wire

package struct CostStatsView: WireObject {
  package var campaign: CampaignID?
  package var project: ProjectID?
  package var sums = CostSums()
  package var byCategory: [CategoryCost] = []
  package var byMarket: [MarketCost] = []
  package var byTemplate: [TemplateCost] = []
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "CostStats" }

  init(_ source: StatsSource, currency: String) {
    (campaign, project) = (source.scope.campaign, source.scope.project)
    sums = CostSums(source.counters, currency: currency)
    for cell in source.counters.cells {
      let part = CostPart(cell)
      guard part.messages > 0 else { continue }
      add(part, cell.group, source.project)
    }
    byMarket.sort { $0.market < $1.market }
  }

  private mutating func add(_ part: CostPart, _ group: MessageGroup, _ project: ProjectState) {
    let category = group.category ?? .service
    let categoryPlace = byCategory.firstIndex { $0.category == category } ?? byCategory.count
    if categoryPlace == byCategory.count { byCategory.append(CategoryCost(category: category)) }
    byCategory[categoryPlace].part.add(part)
    let market = group.market == 0 ? "" : String(group.market)
    let marketPlace = byMarket.firstIndex { $0.market == market } ?? byMarket.count
    if marketPlace == byMarket.count { byMarket.append(MarketCost(market: market)) }
    byMarket[marketPlace].part.add(part)
    if byTemplate.isEmpty || byTemplate.last?.template != group.template.nilIfNone {
      byTemplate.append(TemplateCost(group.template, project))
    }
    byTemplate[byTemplate.count - 1].part.add(part)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign, where one was asked for.")
    try visit.field("project_id", &project, "Project, where one was asked for.")
    try visit.field("sums", &sums, "Sums in micros.")
    try visit.field("by_category", &byCategory, "By category of price.")
    try visit.field("by_market", &byMarket, "By market of the rate card.")
    try visit.field("by_template", &byTemplate, "By template.")
    try visit.field("as_of", &asOf, "When this was true.")
  }
}

/// What some of the messages cost.
package struct CostPart: WireObject {
  package var messages = 0
  package var estimatedMicros: Int64 = 0
  package var billedMicros: Int64 = 0
  package var savedMicros: Int64 = 0
  package var unpricedMessages = 0

  package init() {}

  init(_ cell: MessageCell) {
    for status in MessageStatus.allCases where status.isWithWhatsApp || status == .outcomeUnknown {
      messages += cell.statuses[status.index]
    }
    (estimatedMicros, billedMicros) = (cell.estimatedMicros, cell.billedMicros)
    (savedMicros, unpricedMessages) = (cell.savedMicros, cell.unpricedMessages)
  }

  mutating func add(_ other: CostPart) {
    messages += other.messages
    estimatedMicros += other.estimatedMicros
    billedMicros += other.billedMicros
    savedMicros += other.savedMicros
    unpricedMessages += other.unpricedMessages
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("messages", &messages, "Delivered messages and those on their way.")
    try visit.field("estimated_micros", &estimatedMicros, "What they cost, as far as is known.")
    try visit.field("billed_micros", &billedMicros, "What the delivered ones cost.")
    try visit.field("saved_micros", &savedMicros, "What free text in place of templates saved.")
    try visit.field("unpriced_messages", &unpricedMessages, "Those without a price.")
  }
}

package struct CategoryCost: WireObject {
  package var category = PriceCategory.service
  package var part = CostPart()

  package init() {}
  init(category: PriceCategory) { self.category = category }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("category", &category, "Kind of message for the rate card.")
    try part.fields(&visit)
  }
}

package struct MarketCost: WireObject {
  package var market = ""
  package var part = CostPart()

  package init() {}
  init(market: String) { self.market = market }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "market", &market,
      "Country code of the line of the rate card; \"\" for a line of every market, or no price.")
    try part.fields(&visit)
  }
}

package struct TemplateCost: WireObject {
  package var template: TemplateID?
  package var name: String?
  package var part = CostPart()

  package init() {}

  init(_ id: TemplateID, _ project: ProjectState) {
    template = id.nilIfNone
    name = id.isNone ? nil : project.templates[id].name
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template_id", &template, "Template; null for free text.")
    try visit.field("name", &name, "Its name.")
    try part.fields(&visit)
  }
}

import Wire

/// What messages are told apart by in statistics.
package struct MessageGroup: WireObject, Equatable {
  /// None for free text, and for what was not sent yet.
  package var template = TemplateID.none
  /// Nil until the first attempt decides.
  package var category: PriceCategory?
  package var purpose = MessagePurpose.node
  /// Market of the line of the rate card that priced it; 0 for a line of every market, or none.
  package var market: UInt16 = 0

  package init() {}

  init(_ row: Message) {
    template = row.content.template
    category = row.attempts > 0 ? row.cost.category : nil
    purpose = row.purpose
    market = row.cost.market
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("template", &template, "Template.")
    try visit.field("category", &category, "Kind of message for the rate card.")
    try visit.field("purpose", &purpose, "What for.")
    try visit.field("market", &market, "Country code of the rate that priced it.")
  }
}

extension MessageGroup: Comparable {
  /// By template, then category, purpose and market.
  package static func < (left: Self, right: Self) -> Bool {
    if left.template != right.template { return left.template < right.template }
    if left.category != right.category { return left.categoryRank < right.categoryRank }
    if left.purpose != right.purpose { return left.purpose.index < right.purpose.index }
    return left.market < right.market
  }

  private var categoryRank: Int { category.map { $0.index + 1 } ?? 0 }
}

/// Outbound messages of one group: all breakdowns of messages and cost are sums over these.
package struct MessageCell: WireObject, Equatable {
  package var group = MessageGroup()
  package var statuses = Array(repeating: 0, count: MessageStatus.allCases.count)
  package var estimatedMicros: Int64 = 0
  package var billedMicros: Int64 = 0
  package var savedMicros: Int64 = 0
  package var unpricedMessages = 0

  package init() {}
  init(group: MessageGroup) { self.group = group }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("group", &group, "What they have in common.")
    try visit.field("statuses", &statuses, "By status.")
    try visit.field("estimated", &estimatedMicros, "Cost, with what is on its way.")
    try visit.field("billed", &billedMicros, "Cost of what was delivered.")
    try visit.field("saved", &savedMicros, "What free text saved.")
    try visit.field("unpriced", &unpricedMessages, "Messages without a price.")
  }

  package var isEmpty: Bool { statuses.allSatisfy { $0 == 0 } }
}

extension [MessageCell] {
  /// The place of a group's cell, which is made where there is none. The order is that of the groups,
  /// so equal histories give equal counters.
  mutating func place(of group: MessageGroup) -> Int {
    let place = partitionPoint { $0.group < group }
    if place == count || self[place].group != group { insert(MessageCell(group: group), at: place) }
    return place
  }
}

/// Messages that failed, or whose outcome nobody knows, by their newest error.
package struct ErrorCount: WireObject, Equatable {
  package var errorClass = ErrorClass.transient
  package var code: Int64?
  package var count = 0

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("class", &errorClass, "Kind of failure.")
    try visit.field("code", &code, "WhatsApp's own code.")
    try visit.field("count", &count, "How many.")
  }

  fileprivate func precedes(_ errorClass: ErrorClass, _ code: Int64?) -> Bool {
    if self.errorClass != errorClass { return self.errorClass.index < errorClass.index }
    return (self.code ?? .min) < (code ?? .min)
  }
}

extension [ErrorCount] {
  mutating func add(_ error: MessageError, _ difference: Int) {
    let place = partitionPoint { $0.precedes(error.errorClass, error.code) }
    if place == count || self[place].errorClass != error.errorClass
      || self[place].code != error.code
    {
      var item = ErrorCount()
      (item.errorClass, item.code) = (error.errorClass, error.code)
      insert(item, at: place)
    }
    self[place].count += difference
    if self[place].count == 0 { remove(at: place) }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element is not on the near side, in a collection that is so divided.
  func partitionPoint(isNear: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isNear(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

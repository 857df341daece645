import Wire

/// A report about a message that we do not know yet is kept: a status may overtake the answer to
/// its own send. An empty report clears those for a message that became known.
struct ReportParked: InternalEvent {
  static let kind = EventKind.reportParked
  var sender = SenderID.none
  var report: ParkedReport?
  var clearedGatewayID: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("report", &report, "The report.")
    try visit.field("cleared_gateway_id", &clearedGatewayID, "Message that became known.")
  }

  func apply(to state: inout State) {
    if let clearedGatewayID {
      state.senders[sender].parkedReports.removeAll { $0.gatewayID == clearedGatewayID }
    }
    guard let report else { return }
    state.dropParkedReports(of: sender, olderThan: Limits.parkedReportLifetime)
    if state.senders[sender].parkedReports.count >= Limits.parkedReports {
      state.senders[sender].parkedReports.removeFirst()
    }
    state.senders[sender].parkedReports.append(report)
  }
}

extension State {
  /// They name WhatsApp's ids, which have the number in them.
  mutating func dropParkedReports(of sender: SenderID, olderThan age: TimeSpan) {
    let now = now
    senders[sender].parkedReports.removeAll { $0.report.at + age < now }
  }
}

package struct ParkedReport: WireObject, Equatable {
  package var gatewayID = ""
  package var report = DeliveryReport()
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("gateway_id", &gatewayID, "WhatsApp's id of the message.")
    try visit.field("report", &report, "What was reported.")
  }
}

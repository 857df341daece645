import Wire

/// Why nothing that a campaign sends comes to a guest. Somebody has to call them.
package enum UnreachedReason: String, WireEnum {
  /// WhatsApp knows no such number, or cannot deliver there (131026).
  case unreachable
  /// WhatsApp does not show it to this person (131049, 130472), whenever it is tried.
  case notShown = "not_shown"
  case notDeliverableThere = "not_deliverable_there"
  /// They have told WhatsApp that they want no marketing of the number.
  case marketingStopped = "marketing_stopped"
  case noPhone = "no_phone"
  /// More are in the household than can be asked through one guest.
  case householdFull = "household_full"
}

extension State {
  /// Nil for an execution that goes on, reached its guest, or was left out for another reason.
  package func whyUnreached(_ execution: ExecutionID) -> UnreachedReason? {
    let row = self[execution]
    guard !self[row.guest].isDeleted else { return nil }
    switch row.status {
    case .failed:
      switch row.lastError?.errorClass {
      case .recipient: return .unreachable
      case .defer: return .notShown
      default: return nil
      }
    case .skipped:
      switch LeftOutCode(rawValue: projects[of: execution].symbols[row.reason]) {
      case .unreachable: return .unreachable
      case .notDeliverableThere: return .notDeliverableThere
      case .noPhone: return .noPhone
      case .householdFull: return .householdFull
      case .optedOut:
        let person = person(of: row.guest)
        return person.isMarketingStopped && person.ownSubscription == .subscribed
          ? .marketingStopped : nil
      default: return nil
      }
    case .pending, .active, .waiting, .paused, .completed, .cancelled: return nil
    }
  }
}

import Wire

/// What the failure of an attempt proves. It hangs on how we heard of it, not only on its code.
package enum FailureProof: String, WireEnum {
  /// The answer to the send was an error: WhatsApp never took it.
  case notAccepted = "not_accepted"
  /// WhatsApp had taken it, and said later that it was not delivered.
  case notDelivered = "not_delivered"

  /// Whether other news of the attempt shows that it was taken all the same. That WhatsApp had taken
  /// or sent what it then did not deliver is no news: such reports overtake one another.
  func isRefuted(by status: MessageStatus) -> Bool {
    switch self {
    case .notAccepted: status.isWithWhatsApp
    case .notDelivered: status == .delivered || status == .read
    }
  }
}

extension Message {
  /// The attempt has failed, and what that proves is known from now on.
  mutating func note(_ failure: FailureProof?, _ error: MessageError?) {
    guard let failure else { return }
    (self.failure, unknownSince) = (failure, .zero)
    if error?.errorClass.isThrottle == true { turnedAway &+= 1 }
    if error?.errorClass == .defer { deferrals &+= 1 }
  }

  /// It had not failed after all.
  mutating func takeBackFailure() {
    if !status.isWithWhatsApp, !mayHaveBeenTaken { failedAt = .zero }
    failure = nil
  }

  /// News of the attempt that the row tells of contradicts its failure, and is believed: the guest
  /// has the message, whatever was said before.
  func isRefuted(by news: MessageStatus) -> Bool {
    guard attempts > 0, !mayHaveBeenTaken, !status.isWithWhatsApp else { return false }
    // Of failures from before this was kept nobody knows; the cautious reading is that it was taken.
    return (failure ?? .notDelivered).isRefuted(by: news)
  }

  /// Whether a report of this status is news. Statuses only move up. A failure after delivery contradicts
  /// itself and is not believed, and what is known to have failed has nothing more to fail.
  func isChanged(by news: MessageStatus) -> Bool {
    let isOpen = mayHaveBeenTaken || status.isWithWhatsApp
    if news == .failed { return isOpen && status != .delivered && status != .read }
    return isOpen && (news.rank > status.rank || unknownSince > .zero) || isRefuted(by: news)
  }
}

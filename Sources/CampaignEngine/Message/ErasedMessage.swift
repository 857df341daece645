import Wire

/// That a message was erased, by a hash of WhatsApp's id. WhatsApp delivers at least once, for up to
/// seven days (Meta, "Webhooks"): what comes again must not bring back what was erased. The id has a
/// random part, so that nobody finds the number by trying.
package struct ErasedMessage: WireObject, Equatable {
  package var hash: UInt64 = 0
  package var at = Timestamp.zero

  package init() {}

  init(_ gatewayID: String, at: Timestamp) {
    (hash, self.at) = (Self.hash(of: gatewayID), at)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("hash", &hash, "Of WhatsApp's id.")
    try visit.field("at", &at, "When it was erased.")
  }

  static func hash(of gatewayID: String) -> UInt64 {
    var hash = StableHash()
    hash.add(gatewayID)
    return hash.value
  }
}

extension SenderState {
  func wasErased(_ gatewayID: String, at time: Timestamp) -> Bool {
    guard let erased = erasedAt[ErasedMessage.hash(of: gatewayID)] else { return false }
    return erased + Limits.erasedMessagesRemembered > time
  }

  mutating func remember(erased gatewayID: String, at time: Timestamp) {
    let kept = erasedMessages.drop { $0.at + Limits.erasedMessagesRemembered <= time }
    for old in erasedMessages.prefix(erasedMessages.count - kept.count) {
      if erasedAt[old.hash] == old.at { erasedAt[old.hash] = nil }
    }
    erasedMessages = Array(kept)
    restore(ErasedMessage(gatewayID, at: time))
  }

  mutating func restore(_ erased: ErasedMessage) {
    erasedMessages.append(erased)
    erasedAt[erased.hash] = erased.at
  }
}

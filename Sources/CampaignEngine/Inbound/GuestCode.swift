import Wire

/// What a guest sends who writes first, from whatever number: `RSVP-7-K3F9Q`. The middle is the guest's
/// identifier; the end, which only the key of the data directory makes, keeps others from being guessed.
package struct GuestCode {
  package let guest: GuestID
  package let text: String

  private static let beginning = "RSVP-"
  private static let endLength = 5

  package init(_ guest: GuestID, secret: [UInt8]) {
    self.guest = guest
    let middle = guest.wireText.dropFirst(GuestKind.prefix.count)
    text = "\(Self.beginning)\(middle)-\(Self.end(of: guest, secret))".uppercased()
  }

  /// The code in a text, wherever it stands; nil where there is none, or a made-up one.
  package init?(in text: String, secret: [UInt8]) {
    let text = text.uppercased()
    var rest = text[...]
    while let found = rest.firstRange(ofText: Self.beginning) {
      rest = rest[found.upperBound...]
      let parts = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        .split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count >= 2,
        let guest = GuestID(wireText: GuestKind.prefix + parts[0].lowercased())
      else { continue }
      let code = GuestCode(guest, secret: secret)
      if code.text == "\(Self.beginning)\(parts[0])-\(parts[1])" {
        self = code
        return
      }
    }
    return nil
  }

  private static func end(of guest: GuestID, _ secret: [UInt8]) -> String {
    let hash = HMAC.sha256(Array("code \(guest.wireText)".utf8), key: secret)
    let number = hash.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return String(CrockfordBase32.text(of: number | 1 << 63, behind: "").suffix(endLength))
  }
}

extension Engine {
  /// The guest of this sender who is meant by a code in what somebody has written.
  func guest(meantBy text: String, at sender: SenderID) -> GuestID? {
    guard let code = GuestCode(in: text, secret: secret), state.find(code.guest) != nil,
      state.senderID(ofSpace: code.guest.space) == sender
    else { return nil }
    return code.guest
  }

  /// Whoever has the code of a guest is that guest, and can be reached where they wrote from: what did not
  /// reach them is said now.
  mutating func welcome(_ guest: GuestID, writing message: MessageID) {
    agenda.beginEffect()
    let before = state[guest]
    let row = state[message]
    let phone = state[row.sender].persons[row.person].phone
    if before.person != row.person, !phone.isNone {
      var profile = GuestProfile()
      profile.phone = phone
      let changes = profile.differences(from: before, symbols: state.projects[of: guest].symbols)
      emit(GuestUpdated(guest: guest, profile: changes))
      follow(changes, of: guest, as: before.person)
    } else if before.unreachableSince > .zero {
      var profile = GuestProfile()
      profile.unreachableSince = .zero
      emit(GuestUpdated(guest: guest, profile: profile))
    }
    for execution in state.executions(of: guest)
    where state.whyUnreached(execution) != nil && rejection(of: .retry, on: execution) == nil {
      apply(.retry, to: execution)
    }
    guard let cause = agenda.endEffect() else { return }
    emit(MessageDisposed(message: message, disposition: .applied, cause: cause))
  }
}

import Wire

/// Numbers and user ids of people who were erased. Where they must not be written to, or not twice, a
/// hash stays in their place, which only the key of the data directory can make again.
extension Engine {
  /// To be called before anybody is looked up, or made, by what they are known by.
  mutating func recognise(_ phone: Phone?, userID: String? = nil, at sender: SenderID) {
    // Nearly always nobody was erased, and lists have many numbers.
    guard state.senders[sender].personsByDigest.count > 0 else { return }
    if let phone, !phone.isNone, state.senders[sender].personsByPhone[phone] == nil {
      for spelling in [phone] + phone.otherSpellings {
        recognise(digest(of: spelling), PersonRecognised(sender: sender, phone: phone))
      }
    }
    if let userID, !userID.isEmpty,
      state.senders[sender].personsByUserID[userID] == nil
    {
      recognise(digest(of: userID), PersonRecognised(sender: sender, userID: userID))
    }
  }

  private mutating func recognise(_ digest: String, _ event: PersonRecognised) {
    let sender = state.senders[event.sender]
    guard let person = sender.personsByDigest[digest],
      event.phone.isNone || sender.personsByPhone[event.phone] == nil
    else { return }
    var event = event
    (event.person, event.digest) = (person, digest)
    emit(event)
  }

  func digest(of phone: Phone) -> String { digest("phone \(phone.digits)") }

  func digest(of userID: String) -> String { digest("user \(userID)") }

  private func digest(_ name: String) -> String {
    Hexadecimal.text(HMAC.sha256(Array(name.utf8), key: secret))
  }

  /// What must stay of the names of a person who is erased with a guest.
  func digestsToLeave(of person: UInt32, at sender: SenderID) -> [String] {
    let row = state[sender].persons[person]
    guard row.subscription != .subscribed || state.hasBeenWritten(to: person, at: sender) else {
      return []
    }
    let phones = ([row.phone] + row.otherPhones).filter { !$0.isNone }
    let userIDs = ([row.userID] + row.otherUserIDs).filter { !$0.isEmpty }
    return row.digests + phones.map { digest(of: $0) } + userIDs.map { digest(of: $0) }
  }
}

extension State {
  /// Somebody may be recognised by what is left of their number.
  package var hasErasedNames: Bool { senders.rows.contains { $0.personsByDigest.count > 0 } }

  /// A campaign that may still take guests has written to the person.
  fileprivate func hasBeenWritten(to person: UInt32, at sender: SenderID) -> Bool {
    projects.rows.contains { project in
      project.row.sender == sender && !project.row.isDeleted
        && project.campaigns.counters.contains { counter in
          let campaign = project.campaigns[counter: counter]
          return !campaign.isDeleted && campaign.status != .cancelled
            && project.campaignIndexes[counter: counter].written[person] != nil
        }
    }
  }
}

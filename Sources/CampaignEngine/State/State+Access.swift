/// Rows by identifier. An identifier that came from outside is looked up with `find`, which passes
/// over what was deleted; one that the state itself holds is known to exist.
extension State {
  package func sender(with phone: Phone) -> SenderID? {
    sendersByPhone[phone].map { SenderID(space: 0, counter: $0) }
  }

  /// A number that names no account may be spoken of by any.
  package func sender(with phone: Phone, ofAccount account: String) -> SenderID? {
    guard let id = sender(with: phone) else { return nil }
    let known = self[id].row.account
    return known.isEmpty || known == account ? id : nil
  }

  package func find(_ id: SenderID) -> SenderState? {
    id.space == 0 && senders.contains(id) ? senders[id] : nil
  }

  package func find(_ id: ProjectID) -> ProjectState? {
    id.space == 0 && projects.contains(id) && !projects[id].row.isDeleted ? projects[id] : nil
  }

  package func find(_ id: GuestID) -> Guest? {
    guard isPresent(id.space), projects[of: id].guests.contains(id),
      !projects[of: id].guests[id].isDeleted
    else { return nil }
    return projects[of: id].guests[id]
  }

  package func find(_ id: ChatflowID) -> Chatflow? {
    guard isPresent(id.space), projects[of: id].chatflows.contains(id),
      !projects[of: id].chatflows[id].isDeleted
    else { return nil }
    return projects[of: id].chatflows[id]
  }

  package func find(_ id: TemplateID) -> Template? {
    guard isPresent(id.space), projects[of: id].templates.contains(id),
      !projects[of: id].templates[id].isDeleted
    else { return nil }
    return projects[of: id].templates[id]
  }

  package func find(_ id: CampaignID) -> Campaign? {
    guard isPresent(id.space), projects[of: id].campaigns.contains(id),
      !projects[of: id].campaigns[id].isDeleted
    else { return nil }
    return projects[of: id].campaigns[id]
  }

  /// It goes with its campaign, too.
  package func find(_ id: BulkID) -> BulkState? {
    guard isPresent(id.space), projects[of: id].bulks.contains(id) else { return nil }
    let bulk = projects[of: id].bulks[id]
    return projects[of: id].campaigns[bulk.row.campaign].isDeleted ? nil : bulk
  }

  /// An execution goes with its campaign.
  package func find(_ id: ExecutionID) -> Execution? {
    guard isPresent(id.space), projects[of: id].executions.contains(id) else { return nil }
    let row = projects[of: id].executions[id]
    return projects[of: id].campaigns[row.campaign].isDeleted ? nil : row
  }

  /// Also finds messages of deleted projects: what WhatsApp reports on them is still booked.
  package func sentMessage(_ id: MessageID) -> Message? {
    guard id.space < projects.count, projects[of: id].messages.contains(id) else {
      return nil
    }
    let message = projects[of: id].messages[id]
    return message.direction == .outbound ? message : nil
  }

  package func find(_ id: MessageID) -> Message? {
    switch id.home {
    case .project(let space):
      isPresent(space) && projects[space].messages.contains(id)
        ? projects[space].messages[id] : nil
    case .sender(let sender):
      senders.contains(sender) && senders[sender].messages.contains(id)
        ? senders[sender].messages[id] : nil
    }
  }

  /// Nothing is found in a project that was deleted.
  private func isPresent(_ space: UInt32) -> Bool {
    space < projects.count && !projects[space].row.isDeleted
  }

  // MARK: Rows that the state itself refers to

  package func project(of space: UInt32) -> ProjectState { projects[space] }

  @inline(__always)
  package subscript(id: GuestID) -> Guest { projects[of: id].guests[id] }

  @inline(__always)
  package subscript(id: ExecutionID) -> Execution { projects[of: id].executions[id] }

  package subscript(id: CampaignID) -> Campaign {
    projects[of: id].campaigns[id]
  }

  @inline(__always)
  package subscript(id: MessageID) -> Message { messages(with: id)[id] }

  /// The table that a message stands in. It is chosen before the row, so that no row is copied for the
  /// choice.
  @inline(__always)
  private func messages(with id: MessageID) -> ChunkedTable<MessageKind, Message> {
    switch id.home {
    case .project(let space): projects[space].messages
    case .sender(let sender): senders[sender].messages
    }
  }

  package subscript(id: SenderID) -> SenderState { senders[id] }

  package func senderID(ofSpace space: UInt32) -> SenderID { projects[space].row.sender }

  package func sender(ofSpace space: UInt32) -> SenderState {
    self[projects[space].row.sender]
  }

  /// Nobody for a guest that was deleted.
  package func person(of guest: GuestID) -> Person {
    let row = self[guest].person
    return row == 0 ? Person() : sender(ofSpace: guest.space).persons[row]
  }

  /// The row of the person with this number, at the sender of a project.
  func person(with phone: Phone, atSenderOf space: UInt32) -> UInt32? {
    senders[projects[space].row.sender].personsByPhone[phone]
  }

  /// The graph that a campaign's executions walk.
  package func graph(of campaign: CampaignID) -> ChatflowGraph {
    if let merged = projects[of: campaign].campaignIndexes[campaign].mergedGraph { return merged }
    let row = projects[of: campaign].campaigns[campaign]
    return projects[of: campaign].chatflows[row.settings.chatflow]
      .versions[row.chatflowVersion - 1].graph
  }

  /// Versions that a migration left behind, and the present one, as one graph.
  mutating func mergeGraphs(of campaign: CampaignID) {
    let row = self[campaign]
    guard !row.migration.olderVersions.isEmpty else { return }
    let versions = projects[of: campaign].chatflows[row.settings.chatflow].versions
    let graphs = (row.migration.olderVersions + [row.chatflowVersion]).map {
      versions[$0 - 1].graph
    }
    projects[of: campaign].campaignIndexes[campaign].mergedGraph =
      graphs.dropFirst().reduce(graphs[0]) { ChatflowGraph($0, followedBy: $1) }
  }

  /// Executions of a guest, newest first.
  package func executions(of guest: GuestID) -> [ExecutionID] {
    var found: [ExecutionID] = []
    var counter = projects[of: guest].guests[links: guest].lastExecution
    while counter != 0 {
      found.append(ExecutionID(space: guest.space, counter: counter))
      counter = projects[of: guest].executions[links: counter].previousOfGuest
    }
    return found
  }

  /// Guests that are one person, in any project of the sender, newest first.
  package func guests(of person: UInt32, at sender: SenderID) -> [GuestID] {
    // A deleted guest is nobody.
    guard person != 0 else { return [] }
    var found: [GuestID] = []
    var guest = senders[sender].persons[links: person].lastGuest
    while !guest.isNone {
      if !projects[of: guest].row.isDeleted { found.append(guest) }
      guest = projects[of: guest].guests[links: guest].previousOfPerson
    }
    return found
  }

  /// No other guest is the same person, in any project of the sender.
  func hasNumberAlone(_ guest: GuestID) -> Bool {
    let project = guest.space
    let person = projects[project].guests[guest].person
    guard person != 0 else { return true }
    let sender = projects[project].row.sender
    return projects[project].guests[guest].previousOfPerson.isNone
      && senders[sender].persons[person].lastGuest == guest
  }

  /// Refuses a guest that does not exist, or was deleted: an execution may outlive its guest.
  func checkExists(_ guest: GuestID) throws(Rejection) {
    if find(guest) == nil { throw .notFound(guest) }
  }

  /// The person behind a guest's number, also for a guest that was deleted; 0 where there is none.
  package func personRow(behind guest: GuestID) -> UInt32 {
    let row = self[guest]
    return row.person != 0
      ? row.person : sender(ofSpace: guest.space).personsByPhone[row.phone] ?? 0
  }

  /// A guest whose data is held: deleted ones too, whatever became of their project.
  package func heldGuest(_ id: GuestID) -> Guest? {
    id.space < projects.count && projects[of: id].guests.contains(id)
      ? projects[of: id].guests[id] : nil
  }
}

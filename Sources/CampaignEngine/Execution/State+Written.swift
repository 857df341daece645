/// Who was written to in a campaign: a number gets one execution, whatever becomes of its guests.
extension State {
  /// A message of an execution is handed to the gateway for this person.
  mutating func noteWritten(to person: UInt32, by id: ExecutionID) {
    guard person != 0, !id.isNone else { return }
    let row = self[id]
    if row.writtenTo == 0 {
      projects[of: id].executions[id].writtenTo = person
    } else if row.writtenTo != person, !row.alsoWrittenTo.contains(person) {
      projects[of: id].executions[id].alsoWrittenTo.append(person)
    }
    indexWritten(to: person, by: id, in: row.campaign)
  }

  /// Live and after a snapshot alike.
  mutating func indexWritten(by id: ExecutionID, _ row: Execution) {
    if row.writtenTo != 0 { indexWritten(to: row.writtenTo, by: id, in: row.campaign) }
    for person in row.alsoWrittenTo { indexWritten(to: person, by: id, in: row.campaign) }
  }

  private mutating func indexWritten(
    to person: UInt32, by id: ExecutionID, in campaign: CampaignID
  ) {
    let known = projects[of: id].campaignIndexes[campaign].written[person] ?? 0
    if id.counter > known {
      projects[of: id].campaignIndexes[campaign].written[person] = id.counter
    }
  }

  /// The guest who is written to on a person's number in a campaign, however it is spelled, beside one;
  /// none where that guest was erased, of whom nothing is told.
  func whoIsWrittenTo(
    _ person: UInt32, in campaign: CampaignID, besides guest: GuestID
  ) -> GuestID? {
    guard person != 0, self[campaign].settings.household != .separately else { return nil }
    let sender = senderID(ofSpace: campaign.space)
    if let other = whoHolds(person, in: campaign, besides: guest) { return other }
    return otherSpelling(of: person, at: sender)
      .flatMap { whoHolds($0, in: campaign, besides: guest) }
  }

  private func whoHolds(
    _ person: UInt32, in campaign: CampaignID, besides guest: GuestID
  ) -> GuestID? {
    for other in guests(of: person, at: senderID(ofSpace: campaign.space))
    where other.space == campaign.space && other != guest {
      // Those left out at the enrolment never entered the flow.
      if let execution = execution(of: other, in: campaign), !self[execution].steps.isEmpty {
        return other
      }
    }
    // Or who was: deleted since, erased, or with another number.
    guard
      let counter = projects[of: campaign].campaignIndexes[campaign]
        .written[person]
    else { return nil }
    let id = ExecutionID(space: campaign.space, counter: counter)
    guard self[id].guest != guest, mayHaveReached(person, by: id) else { return nil }
    return self[self[id].guest].isErased ? GuestID.none : self[id].guest
  }

  /// False where everything that was handed over has certainly come to nobody: then the number is
  /// free, and whoever is put on the list again is invited.
  private func mayHaveReached(_ person: UInt32, by id: ExecutionID) -> Bool {
    messages(of: id).contains { message in
      let row = self[message]
      guard row.direction == .outbound, row.attempts > 0 else { return false }
      if row.earlier.contains(where: \.isUnknown) { return true }
      return row.person == person && (row.status.mayHaveReached || row.unknownSince > .zero)
    }
  }
}

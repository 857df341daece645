import Wire

/// Where persons are found: by number, by user id, and by what is left of erased ones. Whoever appends or
/// changes one, live or after a snapshot, comes by here. A name leads to one person alone.
extension State {
  mutating func append(_ row: Person, at sender: SenderID) {
    let person = senders[sender].persons.append(row)
    senders[sender].enterFirstNames(of: person, row)
    senders[sender].enterOtherNames(of: person, row)
  }

  /// The person with this number at the sender, who is created where nobody has it yet.
  mutating func personOrNew(phone: Phone, at sender: SenderID) -> UInt32 {
    let next = senders[sender].persons.nextCounter
    let person = senders[sender].personsByPhone.value(of: phone, orInsert: next)
    if person == next { senders[sender].persons.append(Person(phone: phone)) }
    return person
  }

  mutating func modifyPerson(
    _ person: UInt32, of sender: SenderID, _ change: (inout Person) -> Void
  ) {
    let before = PersonNames(senders[sender].persons[person])
    change(&senders[sender].persons[person])
    let after = PersonNames(senders[sender].persons[person])
    if before != after { senders[sender].index(person, from: before, to: after) }
  }

  /// After a snapshot: a name that is another one of somebody is with them, whoever had it first.
  mutating func indexPersons(of sender: SenderID) throws(WireError) {
    var withOthers: [UInt32] = []
    for block in senders[sender].persons.blockIndices {
      let restored = try senders[sender].persons.restored(ofBlock: block)
      for place in restored.places {
        let (person, row) = (restored.counter(at: place), restored.rows[place])
        senders[sender].enterFirstNames(of: person, row)
        if row.hasOtherNames { withOthers.append(person) }
        if row.countsForDailyLimit(at: now) {
          let send = DailySend(at: row.sentOutsideWindowAt, person: person)
          senders[sender].dailySends.insert(send)
        }
      }
    }
    for person in withOthers {
      let row = senders[sender].persons[person]
      senders[sender].enterOtherNames(of: person, row)
    }
  }
}

/// As they stand in the row: compared at every change of a person, so nothing is built.
private struct PersonNames: Equatable {
  let phone: Phone
  let otherPhones: [Phone]
  let userID: String
  let otherUserIDs: [String]
  let digests: [String]

  init(_ row: Person) {
    (phone, otherPhones, userID) = (row.phone, row.otherPhones, row.userID)
    (otherUserIDs, digests) = (row.otherUserIDs, row.digests)
  }

  var phones: [Phone] { ([phone] + otherPhones).filter { !$0.isNone } }
  var userIDs: [String] { ([userID] + otherUserIDs).filter { !$0.isEmpty } }
}

extension Person {
  fileprivate var hasOtherNames: Bool {
    !otherPhones.isEmpty || !otherUserIDs.isEmpty || !digests.isEmpty
  }
}

extension SenderState {
  fileprivate mutating func enterFirstNames(of person: UInt32, _ row: Person) {
    if !row.phone.isNone { personsByPhone[row.phone] = person }
    if !row.userID.isEmpty { personsByUserID[row.userID] = person }
  }

  fileprivate mutating func enterOtherNames(of person: UInt32, _ row: Person) {
    for phone in row.otherPhones { personsByPhone[phone] = person }
    for userID in row.otherUserIDs { personsByUserID[userID] = person }
    for digest in row.digests { personsByDigest[digest] = person }
  }

  fileprivate mutating func index(
    _ person: UInt32, from before: PersonNames, to after: PersonNames
  ) {
    for phone in before.phones
    where !after.phones.contains(phone) && personsByPhone[phone] == person {
      personsByPhone[phone] = nil
    }
    for userID in before.userIDs
    where !after.userIDs.contains(userID) && personsByUserID[userID] == person {
      personsByUserID[userID] = nil
    }
    for digest in before.digests
    where !after.digests.contains(digest) && personsByDigest[digest] == person {
      personsByDigest[digest] = nil
    }
    for phone in after.phones where !before.phones.contains(phone) {
      personsByPhone[phone] = person
    }
    for userID in after.userIDs where !before.userIDs.contains(userID) {
      personsByUserID[userID] = person
    }
    for digest in after.digests where !before.digests.contains(digest) {
      personsByDigest[digest] = person
    }
  }
}

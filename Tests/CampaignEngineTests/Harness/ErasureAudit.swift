@testable import CampaignEngine

/// Whoever was erased and comes again is found by the hash that was left: no number and no user id may
/// be with one person while its hash is with another.
enum ErasureAudit {
  static func faults(of engine: Engine) -> [String] {
    var faults: [String] = []
    for sender in engine.state.senders.rows where !sender.personsByDigest.isEmpty {
      sender.persons.forEach { number, row in
        let phones = ([row.phone] + row.otherPhones).filter { !$0.isNone }
        let userIDs = ([row.userID] + row.otherUserIDs).filter { !$0.isEmpty }
        let digests = phones.map { engine.digest(of: $0) } + userIDs.map { engine.digest(of: $0) }
        for digest in digests {
          if let other = sender.personsByDigest[digest] {
            faults.append("person \(number) was not recognised as person \(other)")
          }
        }
      }
    }
    return faults
  }
}

import Wire

/// User ids by number. Contacts do not stand in the order of messages.
struct WebhookContacts {
  private var userIDs: [String: String] = [:]

  init(_ contacts: JSONValue?) {
    for contact in contacts.elements {
      guard let number = contact["wa_id"].text, let id = contact["user_id"].identifier else {
        continue
      }
      userIDs[number] = id
    }
  }

  func userID(of number: String?) -> String? { number.flatMap { userIDs[$0] } }
}

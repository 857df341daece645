import Wire

/// Something that stops a whole business account.
package struct AccountNews: Sendable, Equatable {
  /// In our spelling: `account_restriction`.
  package var reason: String

  init(reason: String) { self.reason = reason }

  init?(_ value: JSONValue) {
    switch value["event"].text {
    case "ACCOUNT_RESTRICTION":
      // Some restrict other things, such as adding numbers.
      let kinds = value["restriction_info"].elements.map { $0["restriction_type"].text ?? "" }
      guard kinds.isEmpty || kinds.contains(where: { $0.contains(text: "MESSAGING") }) else {
        return nil
      }
      reason = "account_restriction"
    case "ACCOUNT_VIOLATION": reason = "account_violation"
    case "ACCOUNT_DELETED": reason = "account_deleted"
    case "ACCOUNT_OFFBOARDED": reason = "account_offboarded"
    case "DISABLED_UPDATE":
      // The same event tells that a ban is to come, and that it is lifted.
      guard value["ban_info"]?["waba_ban_state"].text == "DISABLE" else { return nil }
      reason = "account_disabled"
    default: return nil
    }
  }
}

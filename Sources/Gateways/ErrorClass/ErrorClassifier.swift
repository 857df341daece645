import CampaignEngine

/// What the engine does about an error of WhatsApp. Errors come in the answer to a send, in a
/// webhook, or in both, so both ways ask this one table (Meta, "Error codes").
package enum ErrorClassifier {
  /// - Parameters:
  ///   - httpStatus: of the answer; nil for an error that came by webhook.
  ///   - isTransient: what the answer's `is_transient` said.
  package static func errorClass(
    code: Int64, httpStatus: Int? = nil, isTransient: Bool = false
  ) -> ErrorClass {
    listed(code) ?? unlisted(httpStatus: httpStatus, isTransient: isTransient)
  }

  private static func listed(_ code: Int64) -> ErrorClass? {
    switch code {
    // The token or a permission is gone, which stops the number as surely as a lock does.
    case 0, 3, 10, 104, 190, 200...299, 131005: .senderStop
    // The number or its account is locked, unpaid or not registered. 131048 and 131064 lift by
    // themselves, and trying on makes them worse.
    case 33, 368, 131031, 131037, 131042, 131044, 131045, 131048, 131064, 133000, 133005, 133006,
      133008, 133009, 133010, 133016, 134011:
      .senderStop
    // The template is paused, disabled, missing or sent with the wrong places; so is every other
    // message that uses it. 132068 is a blocked flow inside one.
    case 131063, 132000, 132001, 132007, 132012, 132015, 132016, 132068, 134102: .templateStop
    case 1, 2, 131000, 131016, 131053, 131057, 133004, 133015, 134101, 2_494_100: .transient
    case 4, 613, 80007, 130429, 131056, 132069: .throttle
    // The cap on marketing for one person, and Meta's experiments with it.
    case 130472, 131049: .defer
    case 131047: .window
    case 131050: .optOut
    case 130403, 130497, 131021, 131026: .recipient
    case 100, 131008, 131009, 131014, 131020, 131030, 131041, 131051, 131052, 131055, 131059,
      131062, 131200...131299, 132005, 132008, 132018, 134100, 135000, 137000, 138_000...139_999,
      147_000...147_999, 2_388_000...2_388_999:
      .payload
    default: nil
    }
  }

  /// A code is never guessed from its neighbours.
  private static func unlisted(httpStatus: Int?, isTransient: Bool) -> ErrorClass {
    switch httpStatus {
    case 401: .senderStop
    case 429: .throttle
    case .some(500...599): .transient
    default: isTransient ? .transient : .payload
    }
  }
}

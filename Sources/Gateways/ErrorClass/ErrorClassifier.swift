import CampaignEngine

/// What WhatsApp's errors mean. They come in the answer to a send, in a webhook, or in both, so both
/// ways ask this one table (Meta, "Error codes"). A webhook says that a message was not delivered,
/// whatever its code; an answer says that it was not accepted, but for those marked ambiguous.
package enum ErrorClassifier {
  package struct Verdict: Sendable, Equatable {
    package let errorClass: ErrorClass
    /// In an answer with a status of 5xx it leaves open whether the message was taken.
    package let isAmbiguous: Bool
    /// Not again before, where its class does not say so.
    package let leastWait: TimeSpan?

    init(_ errorClass: ErrorClass, isAmbiguous: Bool = false, wait: TimeSpan? = nil) {
      (self.errorClass, self.isAmbiguous, leastWait) = (errorClass, isAmbiguous, wait)
    }
  }

  /// - Parameters:
  ///   - httpStatus: of the answer; nil for an error that came by webhook.
  ///   - isTransient: what the answer's `is_transient` said.
  package static func verdict(
    on code: Int64, httpStatus: Int? = nil, isTransient: Bool = false
  ) -> Verdict {
    listed(code) ?? unlisted(httpStatus: httpStatus, isTransient: isTransient)
  }

  package static func errorClass(
    code: Int64, httpStatus: Int? = nil, isTransient: Bool = false
  ) -> ErrorClass {
    verdict(on: code, httpStatus: httpStatus, isTransient: isTransient).errorClass
  }

  private static func listed(_ code: Int64) -> Verdict? {
    switch code {
    // The token or a permission is gone, which stops the number as surely as a lock does.
    case 0, 3, 10, 104, 190, 200...299, 131005: Verdict(.senderStop)
    // The number or its account is locked, unpaid or not registered. 131048 and 131064 lift by
    // themselves, and trying on makes them worse.
    case 33, 368, 131031, 131037, 131042, 131044, 131045, 131048, 131064, 133000, 133005, 133006,
      133008, 133009, 133010, 133016, 134011:
      Verdict(.senderStop)
    // The template is paused, disabled, missing or sent with the wrong places; so is every other
    // message that uses it. 132068 is a blocked flow inside one.
    case 131063, 132000, 132001, 132007, 132012, 132015, 132016, 132068, 134102:
      Verdict(.templateStop)
    // "Unknown" errors, of which nobody can say how far the message had come.
    case 1, 131000: Verdict(.transient, isAmbiguous: true)
    case 2, 131016, 131053, 133004: Verdict(.transient)
    // Maintenance of the number.
    case 131057, 2_494_100: Verdict(.transient, wait: .minutes(1))
    case 133015: Verdict(.transient, wait: .minutes(5))
    // A template that is not everywhere yet; a flow that may go ten times an hour.
    case 134101, 132069: Verdict(.transient, wait: .minutes(10))
    // The number's own throughput, and limits of the account that count by the hour.
    case 130429: Verdict(.throttle)
    case 4, 613, 80007: Verdict(.throttle, wait: .minutes(5))
    case 131056: Verdict(.pairThrottle)
    // The cap on marketing for one person, and Meta's experiments with it.
    case 130472, 131049: Verdict(.defer)
    case 131047: Verdict(.window)
    case 131050: Verdict(.optOut)
    case 130403, 130497, 131021, 131026: Verdict(.recipient)
    case 100, 131008, 131009, 131014, 131020, 131030, 131041, 131051, 131052, 131055, 131059,
      131062, 131200...131299, 132005, 132008, 132018, 134100, 135000, 137000, 138_000...139_999,
      147_000...147_999, 2_388_000...2_388_999:
      Verdict(.payload)
    default: nil
    }
  }

  /// A code is never guessed from its neighbours.
  static func unlisted(httpStatus: Int?, isTransient: Bool) -> Verdict {
    switch httpStatus {
    case 401: Verdict(.senderStop)
    case 429: Verdict(.throttle, wait: .minutes(1))
    case .some(500...599): Verdict(.transient)
    default: Verdict(isTransient ? .transient : .payload)
    }
  }
}

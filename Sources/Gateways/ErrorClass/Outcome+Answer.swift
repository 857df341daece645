import CampaignEngine

/// What an answer of WhatsApp's that bears no identifier says of the attempt.
extension ReportAttempt.Outcome {
  /// An error object of Graph's: it was not accepted, whatever the status, but for codes that say
  /// themselves that they know nothing.
  package init(
    graphError code: Int64, message: String, httpStatus: Int?, isTransient: Bool = false,
    retryAfter: TimeSpan? = nil
  ) {
    let verdict = ErrorClassifier.verdict(
      on: code, httpStatus: httpStatus, isTransient: isTransient)
    if verdict.isAmbiguous, let httpStatus, (500...599).contains(httpStatus) {
      self = .unknown("WhatsApp answered \(code) with status \(httpStatus): \(message)")
      return
    }
    self = .refused(
      MessageError(verdict.errorClass, code: code, message: message),
      retryAfter: Self.longer(retryAfter, verdict.leastWait))
  }

  /// An answer without one: only a refusal of the request itself proves anything. Behind a 5xx, or a
  /// 200 that cannot be read, the message may be on its way.
  package init(httpStatus: Int, retryAfter: TimeSpan? = nil) {
    guard (400...499).contains(httpStatus), httpStatus != 408 else {
      self = .unknown("The answer had status \(httpStatus) and said nothing of the message.")
      return
    }
    let verdict = ErrorClassifier.unlisted(httpStatus: httpStatus, isTransient: false)
    self = .refused(
      MessageError(
        verdict.errorClass, message: "The answer had status \(httpStatus) and no error object."),
      retryAfter: Self.longer(retryAfter, verdict.leastWait))
  }

  private static func longer(_ one: TimeSpan?, _ other: TimeSpan?) -> TimeSpan? {
    [one, other].compactMap { $0 }.max()
  }
}

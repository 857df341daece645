import CampaignEngine

/// All that comes of one attempt: WhatsApp's answer, its reports, and what the person does. It is
/// told at once, when the attempt is handed over, and hangs on nothing that happens later.
struct Story {
  let request: SendRequest
  let settings: SimulatorSettings
  /// What is the same for all messages to a phone; for all attempts of a message; for one attempt.
  let person: Chance
  var prompt: Chance
  let attempt: Chance
  private(set) var reports: [PendingReport] = []

  /// The moments that the parts of the story share.
  struct Moments {
    /// When WhatsApp took the message, whether or not we are told.
    var taken: Timestamp
    var sent: Timestamp
    var delivered: Timestamp
    var read: Timestamp
    var isAnswerLost: Bool
  }

  init(of request: SendRequest, seed: UInt64, settings: SimulatorSettings) {
    (self.request, self.settings) = (request, settings)
    person = Chance(seed: seed).about(request.to.number)
    prompt = person.about(request.intent)
    attempt = prompt.about(UInt64(request.attempt.number))
    tell()
  }

  private mutating func tell() {
    let whatsApp = settings.whatsApp
    let taken = request.startedAt + attempt.spread(whatsApp.answerLatency, "answer latency")
    if let code = refusal() {
      add(.refused(code: code), due: taken)
      return
    }
    let isHeld = isTemplate && attempt.happens(whatsApp.heldTemplates, "held")
    let isLost = attempt.happens(whatsApp.lostAnswers, "lost answer")
    if isLost {
      add(.lost, due: max(taken, request.startedAt + whatsApp.answerTimeout))
    } else {
      add(.accepted(isHeld: isHeld, userNumber: hiddenUser(isAnswerLost: false)), due: taken)
    }
    var sent = taken + attempt.spread(whatsApp.sentDelay, "sent")
    if isHeld { sent = sent + attempt.spread(whatsApp.hold, "hold") }
    let tail = attempt.heavyTail(
      median: whatsApp.deliveryDelay, longest: whatsApp.longestDelivery, "delivered")
    let delivered = sent + tail
    let reading = attempt.heavyTail(
      median: settings.guests.readDelay, longest: settings.guests.longestRead, "read")
    let moments = Moments(
      taken: taken, sent: sent, delivered: delivered, read: delivered + reading,
      isAnswerLost: isLost)
    if let code = lateFailure() {
      reportFailure(code, moments)
    } else if attempt.happens(whatsApp.neverDelivered, "never delivered") {
      reportDelivery(moments, until: .sent)
    } else {
      let isRead = attempt.happens(settings.guests.readReceipts, "read receipt")
      reportDelivery(moments, until: isRead ? .read : .delivered)
      react(moments)
    }
  }

  mutating func add(_ fact: PendingReport.Fact, due: Timestamp) {
    reports.append(
      PendingReport(
        due: due, attempt: request.attempt, sender: request.sender,
        index: UInt8(truncatingIfNeeded: reports.count), fact: fact))
  }

  var isTemplate: Bool {
    if case .template = request.content { true } else { false }
  }

  /// A person without a visible number is known by the user id that came with the answer; where
  /// the answer is lost nobody could tell who writes, so there they show the number.
  func hiddenUser(isAnswerLost: Bool) -> UInt64? {
    !isAnswerLost && person.happens(settings.guests.hiddenNumbers, "hidden number")
      ? person.draw("user id") : nil
  }

  // MARK: What goes wrong

  private func refusal() -> Int64? {
    if let code = ContentRules.fault(in: request) { return code }
    let whatsApp = settings.whatsApp
    if !isTemplate, attempt.happens(whatsApp.windowRefusals, "window") {
      return SimulatedError.windowClosed
    }
    return attempt.happens(disturbed(whatsApp.refusals), "refusal") ? passingError : nil
  }

  private func lateFailure() -> Int64? {
    let whatsApp = settings.whatsApp
    if person.happens(settings.guests.unreachable, "unreachable") {
      return SimulatedError.undeliverable
    }
    if isTemplate, attempt.happens(disturbed(whatsApp.cappedTemplates), "cap") {
      return SimulatedError.marketingCap
    }
    return attempt.happens(disturbed(whatsApp.lateFailures), "late failure") ? passingError : nil
  }

  /// Passing errors have mostly passed when a message is tried again.
  private func disturbed(_ perMille: Int64) -> Int64 {
    request.attempt.number == 1 ? perMille : perMille * settings.whatsApp.repeatedFailures / 1000
  }

  private var passingError: Int64 {
    attempt.pick([SimulatedError.unknown, SimulatedError.unavailable], "passing error")
  }
}

import CampaignEngine

/// What the person does who reads the message.
extension Story {
  mutating func react(_ moments: Moments) {
    let guests = settings.guests
    guard !person.happens(guests.silent, "silent") else { return }
    if request.expectation == .nothing {
      if prompt.happens(guests.chatter, "chatter") { write(chatter, moments) }
    } else if prompt.happens(guests.optOuts, "opt-out") {
      write(typed(prompt.pick(["STOP", "Stop.", "unsubscribe"], "stop word")), moments)
    } else if prompt.happens(guests.replies, "reply") {
      answer(moments)
    }
  }

  private mutating func answer(_ moments: Moments) {
    let (fact, tapped) = reply
    let repliedAt = write(fact, moments)
    let buttons = request.content.buttons
    if let tapped, buttons.count > 1, prompt.happens(settings.guests.lateChanges, "late change") {
      changeMind(from: tapped, of: buttons, after: repliedAt)
    }
  }

  /// What is answered, and the index of the button where one is tapped.
  private var reply: (fact: InboundFact, tapped: Int?) {
    let guests = settings.guests
    let roll = Int64(prompt.draw("manner") % 1000)
    if roll < guests.media { return (media, nil) }
    if case .form(let fields) = request.expectation {
      // Some phones cannot open it, and some people write all the same.
      let isWritten = roll < guests.media + guests.nonsense || prompt.happens(guests.typed, "typed")
      return (isWritten ? typed(nonsense) : filledIn(fields), nil)
    }
    guard case .button(let handles) = request.expectation else { return (typed(formAnswer), nil) }
    let buttons = request.content.buttons
    let titles = buttons.isEmpty ? handles : buttons.map(\.title)
    if titles.isEmpty || roll < guests.media + guests.nonsense { return (typed(nonsense), nil) }
    let choice = prompt.pick(titles.count, weights: guests.choiceWeights, "choice")
    if buttons.isEmpty || prompt.happens(guests.typed, "typed") {
      return (typed(spelled(titles[choice])), nil)
    }
    return (tap(buttons[choice]), choice)
  }

  // MARK: When it is written

  /// Writes once, and now and then twice. Returns when it was written.
  @discardableResult
  private mutating func write(_ fact: InboundFact, _ moments: Moments) -> Timestamp {
    let (time, due) = replyTime(moments)
    var fact = fact
    fact.userNumber = hiddenUser(isAnswerLost: moments.isAnswerLost)
    fact.from = fact.userNumber == nil ? request.to : nil
    receive(fact, at: time, due: due)
    if prompt.happens(settings.guests.doubleReplies, "double reply") {
      fact.ordinal = 1
      let pause = prompt.spread(.seconds(2), "double reply")
      receive(fact, at: time + pause, due: due + pause)
    }
    return time
  }

  private func replyTime(_ moments: Moments) -> (time: Timestamp, due: Timestamp) {
    let guests = settings.guests
    // Who hides their number must have been told to us first.
    let isHidden = hiddenUser(isAnswerLost: moments.isAnswerLost) != nil
    if !isHidden, prompt.happens(guests.earlyReplies, "early reply") {
      return (request.startedAt, beforeAnswer(moments))
    }
    if prompt.happens(guests.quickReplies, "quick reply") {
      return (moments.taken, moments.taken + TimeSpan(milliseconds: 1))
    }
    var time =
      moments.read
      + prompt.heavyTail(median: guests.replyDelay, longest: guests.longestReply, "reply delay")
    if let moment = momentOfInvitation() { time = max(moments.read, moment) }
    if prompt.happens(guests.weekLate, "week late") { time = time + SimulatedGuests.week }
    return (time, time + prompt.spread(settings.whatsApp.webhookLatency, "webhook"))
  }

  private mutating func changeMind(
    from choice: Int, of buttons: [ContentButton], after repliedAt: Timestamp
  ) {
    let step = 1 + Int(prompt.draw("other choice") % UInt64(buttons.count - 1))
    let time = repliedAt + prompt.spread(settings.guests.lateChangeDelay, "late change")
    var fact = tap(buttons[(choice + step) % buttons.count])
    fact.ordinal = 2
    // Weeks later the number is known in any case.
    fact.from = request.to
    receive(fact, at: time, due: time + prompt.spread(settings.whatsApp.webhookLatency, "webhook"))
  }

  private mutating func receive(_ fact: InboundFact, at time: Timestamp, due: Timestamp) {
    var fact = fact
    fact.sentAt = time.inWholeSeconds
    add(.inbound(fact), due: due)
    if prompt.about(fact.ordinal).happens(settings.whatsApp.doubledMessages, "doubled message") {
      add(.inbound(fact), due: due + prompt.spread(Self.redelivery, "message redelivery"))
    }
  }
}

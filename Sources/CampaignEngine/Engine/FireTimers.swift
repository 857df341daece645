/// Ends the waits and rings the alarms whose time has come, earliest first, a slice at a time.
package struct FireTimers: Command {
  package static let cause: CauseKind? = .clock
  package init() {}

  package func perform(in engine: inout Engine) {
    for _ in 0..<Limits.timersPerSlice {
      let (timer, alarm) = (engine.state.timers.first?.due, engine.state.alarms.first?.due)
      if let alarm, alarm <= engine.state.now, alarm <= timer ?? alarm {
        if let due = engine.popAlarm() { engine.ring(due) }
      } else if let timer = engine.popTimer(dueBy: engine.state.now) {
        engine.fire(timer)
      } else {
        return
      }
      engine.workOffWoken()
    }
  }
}

extension Engine {
  fileprivate mutating func fire(_ timer: Timer) {
    let row = state[timer.execution]
    guard row.generation == timer.generation, row.status == .waiting, let wait = row.wait,
      wait.until == timer.due
    else { return }
    // A pause keeps the deadline; the resume looks at it again.
    guard mayAct(timer.execution) else { return }
    if row.hasUnappliedReply {
      // A resume that has not come this far yet: the reply may be older than the deadline.
      catchUp(timer.execution)
    } else if wait.kind.isForGuest, isStillToAsk(timer.execution) {
      // Quiet hours, a rate or a stop still hold the question: nobody can be late with an answer.
      renew(wait, of: timer.execution)
    } else {
      run(timer.execution, .timeout(wait.kind))
    }
  }
}

extension State {
  /// The next moment at which there is anything to do; nil while all waits are for the outside.
  package var nextDue: Timestamp? {
    if busyCampaigns.first != nil || busyReminders.first != nil { return now }
    var next = timers.first?.due
    func consider(_ time: Timestamp) { next = min(next ?? time, time) }
    if let alarm = alarms.first?.due { consider(alarm) }
    for id in senders.ids where senders[id].row.isPushed {
      if let send = nextSend(of: id) { consider(send) }
    }
    return next
  }

  /// When the next message of a number may go, as far as its rates allow.
  package func nextSend(of sender: SenderID) -> Timestamp? {
    // Read where it lies: this is asked after every step, and a sender has lists.
    var next: Timestamp?
    func consider(_ time: Timestamp) { next = min(next ?? time, time) }
    let slot = max(
      senders[sender].row.throttledUntil,
      Timestamp(
        milliseconds: (senders[sender].row.nextSlotMicroseconds - Engine.burstMicroseconds)
          .dividedUp(
            by: 1000)))
    let room = senders[sender].nextDailyRoom(at: now)
    let loose = nextLoose(of: sender, dailyRoomAt: room)
    for entry in [senders[sender].priorityLane.first, loose] {
      if let entry { consider(max(entry.readyAt, slot)) }
    }
    for campaign in senders[sender].runningCampaigns {
      guard let entry = nextEntry(of: campaign, dailyRoomAt: room) else { continue }
      let slots = projects[of: campaign].campaigns[campaign].nextSlotMicroseconds
      let campaignSlot =
        projects[of: campaign].campaigns[campaign].settings.throttle == nil
        ? Timestamp.zero : Timestamp(milliseconds: slots.dividedUp(by: 1000))
      consider(max(entry.readyAt, max(slot, campaignSlot)))
    }
    return next
  }
}

extension Int64 {
  fileprivate func dividedUp(by divisor: Int64) -> Int64 {
    (self + divisor - 1).flooredQuotient(divisor)
  }
}

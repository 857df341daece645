extension DelayNode {
  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    // An old timer may ring after its event has moved, before the execution's slice has come.
    let isMoving =
      relativeToEvent != nil && engine.state[visit.campaign].progress.review?.movesWaits == true
    if case .entered = input {} else if !isMoving { return .leave("default") }
    let moment = end(of: visit, in: engine)
    guard moment > engine.state.now else { return .leave("default") }
    engine.wait(visit, Wait(.delay, since: engine.state.now, until: moment))
    return .wait
  }

  package func movedEnd(of visit: Visit, in engine: Engine) -> Timestamp? {
    waitsForEvent ? end(of: visit, in: engine) : nil
  }

  private func end(of visit: Visit, in engine: Engine) -> Timestamp {
    let span = engine.scaled(moment(visit, in: engine) - engine.state.now, in: visit.campaign)
    return engine.nextAllowed(engine.state.now + span, for: visit.guest)
  }

  private func moment(_ visit: Visit, in engine: Engine) -> Timestamp {
    if let span { return engine.state.now + span }
    if let until { return until }
    let moment = relativeToEvent.flatMap { engine.state.moment(of: $0, space: visit.guest.space) }
    return moment ?? engine.state.now
  }
}

extension State {
  /// A time around an event of the project, on the project's clock; nil where it has no such event.
  func moment(of offset: DelayNode.EventOffset, space: UInt32) -> Timestamp? {
    let project = project(of: space).row
    guard let index = project.eventIndex(of: offset.event) else { return nil }
    let zone = zone(named: project.timeZone) ?? .utc
    let moment = offset.offset.after(project.events[index].startsAt, in: zone)
    guard let at = offset.at else { return moment }
    return zone.instant(of: zone.local(moment).date, millisecondOfDay: at.millisecondOfDay)
  }
}

extension Engine {
  /// The first moment outside quiet hours, on the guest's own clock where it is known.
  func nextAllowed(_ time: Timestamp, for guest: GuestID) -> Timestamp {
    let project = state.project(of: guest.space).row
    guard let quietHours = project.quietHours, !state[guest].isTester else { return time }
    let zone =
      state.zone(named: state[guest].timeZone) ?? state.zone(named: project.timeZone) ?? .utc
    return quietHours.nextAllowed(from: max(time, state.now), in: zone)
  }
}

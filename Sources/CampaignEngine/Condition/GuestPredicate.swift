import Wire

/// A filter that was resolved for a project, for many guests. Its lists are another spelling of
/// conditions, and the same evaluator asks them.
package struct GuestPredicate: Sendable {
  private let predicate: ConditionPredicate
  package let excluded: Set<GuestID>
  /// Why the filter cannot be used; then it matches nobody.
  package let fault: ConditionFault?

  /// `text` is the filter's query where that was read before.
  package init(
    _ filter: GuestFilter, for scope: ConditionScope = .guest, project: ProjectState,
    text: ConditionText? = nil
  ) {
    excluded = Set(filter.excludeGuestIDs ?? [])
    do throws(ConditionFault) {
      var parts = filter.listedConditions(in: project)
      parts += try filter.eventConditions(in: project)
      if let query = filter.query {
        let text = if let text { text } else { try ConditionText(parsing: query) }
        parts.append(try ConditionPredicate(text, for: scope, project: project).root)
      }
      predicate = ConditionPredicate(.all(parts), scope: scope)
      fault = nil
    } catch {
      predicate = .never
      fault = error
    }
  }

  package var weight: Int { predicate.weight }

  package func matches(_ subject: ConditionSubject, in state: State) -> Bool {
    predicate.matches(subject, in: state)
  }

  package func matches(_ id: GuestID, in state: State) -> Bool {
    predicate.matches(ConditionSubject(id), in: state)
  }

  /// - Parameter field: of the filter; none where its members stand alone.
  package func check(field: String?) throws(Rejection) {
    guard let fault else { return }
    throw .badCondition(
      fault, field: field.map { "\($0).\(fault.member)" } ?? "\(fault.member)")
  }
}

extension GuestFilter {
  fileprivate func listedConditions(in project: ProjectState) -> [ConditionPredicate.Node] {
    let symbols = project.symbols
    func look(_ texts: [String]) -> Set<Symbol> { Set(texts.flatMap(symbols.symbols(like:))) }
    var tests: [ConditionTest] = []
    if let wanted = categories.map(look) {
      tests.append { rows, _ in rows.guest.map { wanted.contains($0.category) } ?? false }
    }
    if let rsvp { tests.append(Self.answers(rsvp, toEvent: 0)) }
    if let wanted = tagsAny.map(look) {
      tests.append { rows, _ in rows.guest?.tags.contains(where: wanted.contains) ?? false }
    }
    for tag in tagsAll ?? [] {
      let wanted = symbols.symbols(like: tag)
      tests.append { rows, _ in rows.guest?.tags.contains(where: wanted.contains) ?? false }
    }
    if let unwanted = tagsNone.map(look) {
      tests.append { rows, _ in !(rows.guest?.tags.contains(where: unwanted.contains) ?? false) }
    }
    if let wanted = guestIDs.map(Set.init) {
      tests.append { rows, _ in wanted.contains(rows.subject.guest) }
    }
    if let search {
      let search = GuestSearch(search, callingCode: project.row.callingCode)
      tests.append { rows, _ in rows.guest.map(search.finds) ?? false }
    }
    return tests.map { .test($0) }
  }

  fileprivate func eventConditions(
    in project: ProjectState
  ) throws(ConditionFault) -> [ConditionPredicate.Node] {
    var nodes: [ConditionPredicate.Node] = []
    for (key, answers) in events?.entries ?? [] {
      guard let index = project.row.eventIndex(of: key) else {
        throw unknownEvent(FieldPath.member(key, of: "events"), project)
      }
      nodes.append(.test(Self.answers(answers, toEvent: index)))
    }
    if let invitedTo {
      var indexes: [Int] = []
      for (place, key) in invitedTo.enumerated() {
        guard let index = project.row.eventIndex(of: key) else {
          throw unknownEvent("invited_to[\(place)]", project)
        }
        indexes.append(index)
      }
      nodes.append(
        .test { [indexes] rows, state in
          indexes.contains { rows.isInvited(toEventAt: $0, in: state) }
        })
    }
    return nodes
  }

  private func unknownEvent(_ member: String, _ project: ProjectState) -> ConditionFault {
    let keys = project.row.presentEvents.map(\.event.key)
    var fault = ConditionFault(
      .unknownEvent, at: nil,
      keys.isEmpty
        ? "the project has no events"
        : "expected events of the project, \(ConditionFault.list(keys))")
    fault.member = member
    return fault
  }

  private static func answers(_ wanted: [RSVP], toEvent event: Int) -> ConditionTest {
    { rows, state in
      guard let guest = rows.guest, rows.isInvited(toEventAt: event, in: state) else {
        return false
      }
      return wanted.contains(guest.answer(toEvent: event).rsvp)
    }
  }
}

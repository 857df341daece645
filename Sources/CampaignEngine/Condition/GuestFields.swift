import Wire

/// Fields of guests that every project has.
extension ConditionField {
  static let ofGuests = GuestAttribute.all.map { .guest($0.name, $0.condition) } + others

  private static let others: [ConditionField] = [
    .guest("id", .identifier(GuestKind.self) { rows, _ in rows.subject.guest }),
    .guest("tags", .tags),
    .guest("rsvp", .rsvp(event: 0)),
    .guest("attending_count", .attendingCount(event: 0)),
    .guest("subscription", .words { rows, state in rows.person(in: state)?.subscription }),
    .guest("reachable", .flag { rows, _ in rows.guest.map { $0.unreachableSince == .zero } }),
    .guest("campaign", .campaigns),
    .guest("created_at", .moment { rows, _ in rows.guest?.createdAt }),
    .guest("updated_at", .moment { rows, _ in rows.guest?.updatedAt }),
    .guest("last_reply", .moment { rows, state in rows.person(in: state)?.lastInboundAt }),
    .guest(
      "session_window",
      .words { rows, state -> WindowState? in
        rows.person(in: state).map { $0.isWindowOpen(at: state.now) ? .open : .closed }
      }),
  ]

  private enum WindowState: String, WireEnum { case open, closed }
}

extension GuestAttribute {
  fileprivate var condition: FieldAccess {
    switch facts.kind {
    case .text(_, let access), .timeZone(let access):
      .text { rows, _ in rows.guest.map { access.get($0) } }
    case .events: .events
    case .symbol(_, let access): .symbol { rows, _ in rows.guest.map { access.get($0) } }
    case .phone: .phone
    case .language(let access): .language { rows, _ in rows.guest.map { access.get($0) } }
    case .number(_, let access): .number { rows, _ in rows.guest.map { access.get($0) } }
    case .time(let access): .moment { rows, _ in rows.guest.map { access.get($0) } }
    }
  }
}

extension FieldAccess {
  static func rsvp(event: Int) -> Self {
    .words { rows, state in
      rows.isInvited(toEventAt: event, in: state)
        ? rows.guest?.answer(toEvent: event).rsvp : nil
    }
  }

  static func partySize(event: Int) -> Self {
    .number { rows, state in
      rows.isInvited(toEventAt: event, in: state)
        ? rows.guest?.partySize(atEvent: event) : nil
    }
  }

  static func attendingCount(event: Int) -> Self {
    .number { rows, state in
      rows.isInvited(toEventAt: event, in: state)
        ? rows.guest?.answer(toEvent: event).attendingCount : nil
    }
  }

  /// A custom field, by the type that the project declares for it.
  static func custom(_ key: Symbol, type: FieldType) -> Self {
    let look: FieldLook<Scalar> = { rows, _ in rows.guest?.value(of: key) }
    switch type {
    case .text, .choice: return .text { rows, state in look(rows, state)?.text }
    case .number: return .number { rows, state in look(rows, state)?.integer }
    case .date:
      return .day { rows, state in look(rows, state).flatMap { CivilDate(text: $0.text) } }
    }
  }

  /// Holds for guests who are in the campaign, however their walk went.
  fileprivate static var campaigns: Self {
    .identifier(
      IdentifierAccess(expected: CampaignID.expected) { text in
        let wanted: CampaignID
        if text.isEmpty {
          return { rows, _ in rows.guest?.lastExecution ?? 0 == 0 }
        } else if let campaign = CampaignID(wireText: text) {
          wanted = campaign
        } else {
          return nil
        }
        return { rows, state in
          var counter = rows.guest?.lastExecution ?? 0
          while counter != 0 {
            let row = state.projects[of: rows.subject.guest].executions[counter]
            if row.campaign == wanted { return true }
            counter = row.previousOfGuest
          }
          return false
        }
      })
  }
}

extension CivilDate {
  /// `2026-12-12`, and nothing behind it.
  init?(text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }
}

/// What it takes to hear the answers to a form from one guest who answers at once, by each way in which they can
/// be asked: since October 2026 each message costs, inside the session window too.
package struct AnswerWays {
  package enum Way: String, CaseIterable, Sendable {
    /// The form inside WhatsApp, filled in whole.
    case form
    /// A message for each question.
    case questions
  }

  package struct Cost: Sendable, Equatable {
    package let node: String
    package let way: Way
    /// Guests who would be asked anything.
    package fileprivate(set) var guests = 0
    /// Messages for the guest who gets fewest, and for the one who gets most.
    package fileprivate(set) var fewest = 0
    package fileprivate(set) var most = 0
    /// Of all these guests, where each gets as few as can be, and as many as may be.
    fileprivate var leastMicros: Int64 = 0
    fileprivate var mostMicros: Int64 = 0
    /// The rate card has no price for some of them.
    package fileprivate(set) var isUnpriced = false

    /// On the average.
    package var leastMicrosPerGuest: Int64? { perGuest(leastMicros) }
    package var mostMicrosPerGuest: Int64? { perGuest(mostMicros) }

    private func perGuest(_ micros: Int64) -> Int64? {
      isUnpriced || guests == 0 ? nil : micros / Int64(guests)
    }
  }

  package private(set) var costs: [Cost] = []
  private let forms: [(form: Int, sender: Int?)]
  private let graph: ChatflowGraph

  package init(_ graph: ChatflowGraph) {
    self.graph = graph
    forms = graph.nodes.indices.filter { graph.nodes[$0].data.formQuestions != nil }.map { form in
      (
        form,
        graph.nodes.indices.first {
          graph.nodes[$0].answeringWait == form && graph.nodes[$0].traits.contains(.sendsForm)
        }
      )
    }
    for (form, sender) in forms {
      for way in sender == nil ? [Way.questions] : Way.allCases {
        costs.append(Cost(node: graph.nodes[form].id, way: way))
      }
    }
  }

  /// - Parameter members: whom the guest is asked for, too.
  package mutating func look(at guest: GuestID, with members: [GuestID], in state: State) {
    var place = 0
    for (form, sender) in forms {
      let data = graph.nodes[form].data
      let counts = data.formQuestions?(guest, members, false, state) ?? 0...0
      if let sender {
        // What is asked of each is in no form.
        let rest = data.formQuestions?(guest, members, true, state) ?? 0...0
        costs[place].add(
          1...1, price(ofMessageAt: sender, to: guest, in: state), isAsked: counts.upperBound > 0,
          and: rest, price(of: .service, to: guest, in: state))
        place += 1
      }
      costs[place].add(
        counts, price(of: .service, to: guest, in: state), isAsked: counts.upperBound > 0)
      place += 1
    }
  }

  /// Whoever has not written yet gets the template.
  private func price(ofMessageAt node: Int, to guest: GuestID, in state: State) -> Int64? {
    let name = graph.nodes[node].data.templateUse?.name
    guard let name, graph.firstTemplates.contains(name),
      let template = state.template(named: name, space: guest.space)?.row
    else { return price(of: .service, to: guest, in: state) }
    return price(of: template.category.price, to: guest, in: state)
  }

  private func price(of category: PriceCategory, to guest: GuestID, in state: State) -> Int64? {
    state.sender(ofSpace: guest.space).row.priceNow(
      of: category, to: state[guest].phone, at: state.now, inWindow: category == .service)
  }
}

extension AnswerWays.Cost {
  fileprivate mutating func add(
    _ messages: ClosedRange<Int>, _ price: Int64?, isAsked: Bool,
    and rest: ClosedRange<Int> = 0...0, _ restPrice: Int64? = nil
  ) {
    guard isAsked else { return }
    let least = messages.lowerBound + rest.lowerBound
    fewest = guests == 0 ? least : min(fewest, least)
    most = max(most, messages.upperBound + rest.upperBound)
    guests += 1
    guard let price, rest.upperBound == 0 || restPrice != nil else {
      isUnpriced = true
      return
    }
    leastMicros += Int64(messages.lowerBound) * price + Int64(rest.lowerBound) * (restPrice ?? 0)
    mostMicros += Int64(messages.upperBound) * price + Int64(rest.upperBound) * (restPrice ?? 0)
  }
}

/// How many messages ask the questions of a form: of a guest, and of those who are asked with them.
/// The flag leaves out those that a form inside WhatsApp has.
package typealias QuestionCount = (GuestID, [GuestID], Bool, State) -> ClosedRange<Int>

extension GuestFormNode {
  package var formQuestions: QuestionCount? {
    { guest, members, isBehindForm, state in
      questions.filter { !isBehindForm || $0.forEach != nil }.reduce(0...0) { sum, question in
        let count = question.messages(to: guest, with: members, in: state)
        return sum.lowerBound + count.lowerBound...sum.upperBound + count.upperBound
      }
    }
  }
}

extension Question {
  /// The fewest if nobody comes, and the most if all do and choose.
  fileprivate func messages(
    to guest: GuestID, with members: [GuestID], in state: State
  ) -> ClosedRange<Int> {
    let people = isForEachMember ? [guest] + members : [guest]
    if kind == .eventRSVP {
      let counts = people.map { person in
        state.invitedEvents(ofAny: [person] + (scope == .household ? members : [])).count
      }
      let asked = counts.count { $0 > 0 }
      return asked...asked + (chooseText == nil ? 0 : counts.count { $0 > 1 })
    }
    let project = state.project(of: guest.space).row
    let counts = people.map { person -> Int in
      if isForEachEvent { return state.invitedEvents(of: person).count }
      guard let key = target?.event, let event = project.eventIndex(of: key) else { return 1 }
      return state.isInvited(person, toEventAt: event) ? 1 : 0
    }
    let most = counts.reduce(0, +)
    if case .rsvp = target { return most...most }
    return (forEach == nil ? most : 0)...most
  }
}

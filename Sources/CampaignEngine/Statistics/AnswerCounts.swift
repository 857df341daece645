/// What a caterer orders from: for each event the people who come, by what was answered to a question. The
/// people of a guest count by the guest's answer: the one for the event, else the one for all.
package struct AnswerCounts: Sendable {
  /// Of one event.
  package struct Event: Sendable {
    package let index: Int
    package fileprivate(set) var heads: Int64 = 0
    package fileprivate(set) var unanswered: Int64 = 0
    /// People by answer, those that the question offers first, then by spelling.
    package fileprivate(set) var answers: [(answer: String, heads: Int64)] = []
    /// People whose answers are too many to be told apart.
    package fileprivate(set) var other: Int64 = 0
  }

  package private(set) var events: [Event]
  private let question: AnsweredQuestion
  private let fieldName: Symbol?
  private let variable: Symbol?

  package init(of question: AnsweredQuestion, in project: ProjectState) {
    self.question = question
    fieldName = project.symbols.symbol(of: question.field)
    variable = question.variable.flatMap(project.symbols.symbol(of:))
    let present = project.row.presentEvents.map(\.index)
    events = (present.isEmpty ? [0] : present).map { index in
      Event(index: index, answers: question.choices.map { ($0, 0) })
    }
  }

  /// - Parameter execution: the walk that asked, where one campaign is meant.
  package mutating func count(_ guest: GuestID, _ execution: ExecutionID, in state: State) {
    let row = state[guest]
    // A campaign counts whom it asked, whatever became of them; a project those on its list.
    guard !execution.isNone || row.isCounted, !row.answers.isEmpty else { return }
    let asked = execution.isNone ? nil : variable.flatMap { state[execution].variable($0) }
    let common = fieldName.flatMap { row.value(of: $0) } ?? asked
    for place in events.indices {
      let event = events[place].index
      guard state.rsvp(of: guest, toEventAt: event) == .attending else { continue }
      let answer = fieldName.flatMap { row.value(of: $0, ofEvent: event) } ?? common
      events[place].add(answer?.text, row.answer(toEvent: event).attendingCount)
    }
  }

  package mutating func finish() {
    let offered = question.choices.count
    for place in events.indices {
      let rest = events[place].answers[offered...].sorted { $0.answer < $1.answer }
      events[place].answers.replaceSubrange(offered..., with: rest)
    }
  }
}

extension AnswerCounts.Event {
  fileprivate mutating func add(_ answer: String?, _ people: Int64) {
    heads += people
    guard let answer, !answer.isEmpty else {
      unanswered += people
      return
    }
    if let place = answers.firstIndex(where: { $0.answer == answer }) {
      answers[place].heads += people
    } else if answers.count < Limits.answersToldApart {
      answers.append((answer, people))
    } else {
      other += people
    }
  }
}

/// Where the answers to a question are kept.
package struct AnsweredQuestion: Sendable {
  package var field: String
  package var variable: String?
  /// Values that are offered, in their order.
  package var choices: [String] = []

  /// A custom field of the guests.
  package init(field: String) { self.field = field }

  /// A question of a flow by its key; else the custom field of this name.
  package init(_ key: String, in graph: ChatflowGraph?) {
    field = key
    for node in graph?.nodes.lazy.map(\.data) ?? [] {
      guard let question = node.answeredQuestion(key) else { continue }
      self = question
      return
    }
  }
}

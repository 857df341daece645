/// A condition that was resolved for a project: fields are found, texts folded and symbols looked
/// up. One evaluator for filters, chatflows, lists and bulk selection.
package struct ConditionPredicate: Sendable {
  indirect enum Node: Sendable {
    case all([Node])
    case any([Node])
    case not(Node)
    case test(ConditionTest)
  }

  let root: Node
  /// Rows beyond this are not looked at.
  private let scope: ConditionScope
  /// What a row costs: the number of tests, and one for fetching it.
  package let weight: Int

  init(_ root: Node, scope: ConditionScope) {
    (self.root, self.scope) = (root, scope)
    weight = 1 + Self.testCount(of: root)
  }

  private static func testCount(of node: Node) -> Int {
    switch node {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + testCount(of: $1) }
    case .not(let part): testCount(of: part)
    case .test: 1
    }
  }

  /// Resolves a text for a project.
  package init(
    _ text: ConditionText, for scope: ConditionScope, project: ProjectState
  ) throws(ConditionFault) {
    self.init(
      try ConditionCompiler(project: project, scope: scope).compile(text.root), scope: scope)
  }

  package init(
    _ query: String, for scope: ConditionScope, project: ProjectState
  ) throws(ConditionFault) {
    try self.init(try ConditionText(parsing: query), for: scope, project: project)
  }

  /// Holds for nothing: a condition that was good once, and whose event is gone.
  static let never = ConditionPredicate(.any([]), scope: .guest)

  package func matches(_ subject: ConditionSubject, in state: State) -> Bool {
    Self.holds(root, ConditionRows(subject, upTo: scope, in: state), state)
  }

  private static func holds(_ node: Node, _ rows: ConditionRows, _ state: State) -> Bool {
    switch node {
    case .all(let parts): parts.allSatisfy { holds($0, rows, state) }
    case .any(let parts): parts.contains { holds($0, rows, state) }
    case .not(let part): !holds(part, rows, state)
    case .test(let test): test(rows, state)
    }
  }
}

/// A query over executions and their guests: `execution.status = failed AND category = vip`.
package struct ExecutionCondition: Sendable {
  private let predicate: ConditionPredicate

  package init(_ query: String, project: ProjectState) throws(ConditionFault) {
    predicate = try ConditionPredicate(query, for: .execution, project: project)
  }

  package var weight: Int { predicate.weight }

  package func matches(_ id: ExecutionID, in state: State) -> Bool {
    predicate.matches(ConditionSubject(id, in: state), in: state)
  }
}

/// A query over messages, their executions and their guests.
package struct MessageCondition: Sendable {
  private let predicate: ConditionPredicate

  package init(_ query: String, project: ProjectState) throws(ConditionFault) {
    predicate = try ConditionPredicate(query, for: .message, project: project)
  }

  package var weight: Int { predicate.weight }

  package func matches(_ id: MessageID, in state: State) -> Bool {
    predicate.matches(ConditionSubject(id, in: state), in: state)
  }
}

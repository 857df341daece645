import Wire

struct ProjectCreated: Event {
  static let kind = EventKind.projectCreated
  var row = Project()
  /// Of the project that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "The project.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func apply(to state: inout State) { state.projects.append(ProjectState(row: row)) }
}

extension ProjectCreated {
  static var publicData: (any PublicData.Type)? { ProjectCreatedData.self }

  mutating func complete(from state: State) { counter = state.projects.nextCounter }

  func publish(in state: State) -> PublicEvent? {
    guard counter > 0 else { return nil }
    var data = ProjectCreatedData()
    data.sender = row.sender
    return PublicEvent(data, space: counter - 1)
  }
}

package struct ProjectCreatedData: PublicData {
  package static let kind = PublicKind("project_created")
  package static let summary = "A project was created."
  package var sender = SenderID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "The sender that writes to its guests.")
  }
}

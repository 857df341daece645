package struct CreateProject: Command {
  package let row: Project
  /// The rules of the project's zone, as the machine that takes the command knows them.
  package let zone: ZoneRules
  package init(row: Project, zone: ZoneRules) { (self.row, self.zone) = (row, zone) }

  package func perform(in engine: inout Engine) throws(Rejection) -> ProjectID {
    guard engine.state.find(row.sender) != nil else {
      throw .notFound(row.sender)
    }
    guard engine.state.projects.count < Limits.projects else {
      throw .limitExceeded("There are at most \(Limits.projects) projects.", reason: "projects")
    }
    var seen = Set<String>()
    for (index, event) in row.events.enumerated() where !seen.insert(event.key).inserted {
      throw .invalidParams(
        field: "events[\(index)].key", reason: "duplicate_key",
        "expected a key of its own; found \"\(event.key)\" twice")
    }
    var row = row
    row.createdAt = engine.state.now
    engine.record(zone)
    engine.emit(ProjectCreated(row: row))
    return ProjectID(space: 0, counter: engine.state.projects.count)
  }
}

extension Engine {
  /// Zone rules are journalled once, and again when the machine's data changed.
  mutating func record(_ zone: ZoneRules) {
    if state.zone(named: zone.name) != zone { emit(ZoneRecorded(rules: zone)) }
  }
}

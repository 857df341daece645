/// The ways in which events change templates: each is found by its name, and its texts by their places.
extension State {
  mutating func append(_ row: Template, in space: UInt32) {
    let counter = projects[space].templates.append(row)
    index(TemplateID(space: space, counter: counter))
  }

  mutating func modify(_ id: TemplateID, _ change: (inout Template) -> Void) {
    change(&projects[of: id].templates[id])
    index(id)
  }

  /// Also after a snapshot. A name is given again once its template is deleted.
  mutating func index(_ id: TemplateID) {
    projects[of: id].templates[id].indexPlaces()
    let row = projects[of: id].templates[id]
    if !row.isDeleted {
      projects[of: id].templatesByName[row.name] = id.counter
    } else if projects[of: id].templatesByName[row.name] == id.counter {
      projects[of: id].templatesByName[row.name] = nil
    }
  }
}

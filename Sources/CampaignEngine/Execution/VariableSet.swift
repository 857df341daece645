import Wire

/// A variable of an execution got a value.
struct VariableSet: Event {
  static let kind = EventKind.variableSet
  var execution = ExecutionID.none
  var name = ""
  var value = Scalar.text("")

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution.")
    try visit.field("name", &name, "Name of the variable.")
    try visit.field("value", &value, "Its value.")
  }

  func apply(to state: inout State) {
    let symbol = state.projects[of: execution].symbols.intern(name)
    state.modify(execution) { row in
      if let index = row.variables.firstIndex(where: { $0.key == symbol }) {
        row.variables[index].value = value
      } else {
        row.variables.append(FieldValue(key: symbol, value: value))
      }
    }
  }
}

extension VariableSet {
  static var publicData: (any PublicData.Type)? { VariableSetData.self }

  func publish(in state: State) -> PublicEvent? {
    var data = VariableSetData()
    data.name = name
    return PublicEvent(data, execution: execution, in: state)
  }
}

/// What guests write ends in variables, so their values are not told.
package struct VariableSetData: PublicData {
  package static let kind = PublicKind("execution_variable_set")
  package static let summary = "A variable of an execution got a value."
  package var name = ""

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the variable.")
  }
}

import Wire

/// Something wrong or doubtful in a chatflow, with the way to mend it.
package struct ChatflowIssue: WireObject, Equatable {
  package var severity = Severity.error
  package var code = ""
  package var node: String?
  package var message = ""
  package var hint = ""
  /// `edges[3].sourceHandle`; empty where it is about no place of the chatflow.
  package var path = ""

  package enum Severity: String, WireEnum { case error, warning }

  package init() {}

  package init(
    _ severity: Severity, code: String, node: String?, message: String, hint: String, path: String
  ) {
    (self.severity, self.code, self.node) = (severity, code, node)
    (self.message, self.hint, self.path) = (message, hint, path)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("severity", &severity, "Errors refuse the chatflow, warnings do not.")
    try visit.field("code", &code, "A word for programs.")
    try visit.field("node", &node, "Node that it is about.")
    try visit.field("message", &message, "What is wrong.")
    try visit.field("hint", &hint, "What to do.")
    try visit.field(
      "path", &path,
      "Place in the chatflow, such as edges[3].sourceHandle; empty where it is about none.")
  }
}

import CampaignEngine
import Wire

/// Why one row of a list was refused.
package struct RowFaultView: WireObject {
  package var path = ""
  package var reason = ""
  package var message = ""
  package static var schemaName: String { "RowFault" }

  package init() {}

  /// - Parameter list: the param that holds the rows, such as `rows`.
  init(_ fault: RowFault, row: Int, of list: String) {
    path = "params.\(list)[\(row)].\(fault.field)"
    (reason, message) = (fault.reason, fault.message)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("path", &path, "The value that cannot be used.")
    try visit.field("reason", &reason, "A word for programs.")
    try visit.field("message", &message, "What was expected.")
  }
}

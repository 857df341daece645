import Wire

/// Whoever brings about what follows is another than before. Comes before the events of a command,
/// as the time does, so that those need not say it.
struct CauseChanged: InternalEvent {
  static let kind = EventKind.causeChanged
  var cause = Cause()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("cause", &cause, "Who.")
  }

  func apply(to state: inout State) { state.cause = cause }
}

/// Who brings something about: a guest who wrote, an operator who called, the clock, the gateway's
/// reports, or the flow itself, where it works off what was begun.
package struct Cause: WireObject, Equatable, Hashable {
  package var kind = CauseKind.clock
  /// Of an operator: the name of the token that was used, where one was.
  package var name: String?

  package init() {}
  package init(_ kind: CauseKind, name: String? = nil) { (self.kind, self.name) = (kind, name) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("kind", &kind, "guest, operator, clock, gateway or flow.")
    try visit.field("name", &name, "Name of an operator's token.")
  }
}

package enum CauseKind: String, WireEnum {
  case guest, `operator`, clock, gateway, flow
}

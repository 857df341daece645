/// Keeps what a command with an idempotency key was answered, in the command's own group.
package struct RememberResult: Command {
  package static let cause: CauseKind? = nil
  package let entry: RememberedResult
  package init(entry: RememberedResult) { self.entry = entry }

  package func perform(in engine: inout Engine) {
    var entry = entry
    entry.at = engine.state.now
    engine.emit(ResultRemembered(entry: entry))
  }
}

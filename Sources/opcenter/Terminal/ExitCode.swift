/// What the process tells the shell.
enum ExitCode: Int32, CaseIterable, Sendable {
  case done = 0
  /// The request was understood and refused: an error reply, a graph with errors, a failed check.
  case refused = 1
  /// An unknown command or option, or a value that cannot be read.
  case wrongUsage = 2
  /// A file or folder could not be read or written, or is damaged.
  case storage = 3
  /// A signal ended the work before it was done.
  case interrupted = 4
}

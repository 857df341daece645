import Wire

/// What a caller must be allowed to do. A method needs one of them, and none includes another.
package enum Capability: String, WireEnum, Sendable {
  /// Read.
  case query
  /// Do what the service is there for.
  case operate
  /// Hand in what comes from outside, and carry what goes out.
  case ingest
  /// Change what others rely on, take out all that is held on a person, stop the service.
  case administer
}

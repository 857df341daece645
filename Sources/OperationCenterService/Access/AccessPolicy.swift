/// Who may call.
package enum AccessPolicy: Sendable {
  /// Whoever reaches the service: a parent process, a test, or anybody on this machine.
  case open
  /// Over the network only who has a token; a parent process without.
  case tokens(TokenAccess)
}

/// Where tokens are known from.
package struct TokenAccess: Sendable {
  /// The service's own, new at each start; nil where there are named ones only.
  package var own: NamedToken?
  /// Reads the named ones. They may change at any time.
  package var readNamed: @Sendable () throws -> TokenList
  /// A clock that is not turned.
  package var milliseconds: @Sendable () -> Int64

  package init(
    own: NamedToken?, readNamed: @escaping @Sendable () throws -> TokenList,
    milliseconds: @escaping @Sendable () -> Int64
  ) {
    (self.own, self.readNamed, self.milliseconds) = (own, readNamed, milliseconds)
  }
}

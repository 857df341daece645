/// What one peer may ask for at once. Every limit is checked before memory is reserved for it.
package struct Limits: Sendable {
  /// One message. A webhook of 3 MB travels as 4 MB of base64, so this leaves room to spare.
  package var frameBytes = 6 << 20
  /// The header lines before one body. Two short lines are usual; HTTP servers allow as much.
  package var headerBytes = 8 << 10
  /// How much of one message over the limit is read and thrown away before the connection is
  /// given up. An honest mistake is answered and survived, a flood is not.
  package var discardedBytes = 64 << 20
  /// Requests in one batch.
  package var batchRequests = 100
  /// Answers to one batch. The requests that are left when it is reached are not started.
  package var batchAnswerBytes = 8 << 20
  /// Arrays and objects inside one another, the message's own included.
  package var nestingDepth = 64

  /// Members of a request that JSON-RPC does not know. They are ignored, but must be compared.
  static let otherMembers = 64

  package init() {}

  package static let standard = Limits()
}

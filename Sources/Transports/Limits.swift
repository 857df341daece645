/// What one peer, and all of them together, may take of the service.
package struct TransportLimits: Sendable {
  /// Open connections. Those above are told so and closed.
  package var connections = 1_024
  /// Of one address; nil for no limit. Everybody has the same address on the loopback.
  package var connectionsPerAddress: Int?
  /// Descriptors left for files, whatever the number of connections.
  package var reservedDescriptors = 64
  /// Accepted in one turn, so that a flood of them does not keep the others waiting.
  package var acceptsPerTurn = 64
  /// How long accepting rests when there are no descriptors left.
  package var acceptPauseMilliseconds: Int64 = 200

  /// Read at once. Large, since a system call costs as much as parsing several requests.
  package var readBytes = 256 << 10
  /// Requests of one connection that are started in one turn, and that may wait for jobs.
  package var requestsPerTurn = 128

  /// Output waiting for a peer above which none of its requests is started.
  package var congestedBytes = 1 << 20
  /// How long it may stay above before the connection is given up.
  package var congestedMilliseconds: Int64 = 10_000
  /// What is kept of a peer none of whose requests is started, to find its cancellations.
  package var parkedBytes = 256 << 10
  /// Output waiting for a peer above which it is told nothing more before it has read. So far below
  /// what holds up its requests that being told never does.
  package var notifiedBytes = 128 << 10
  /// A notification that would take the waiting output beyond this ends the connection.
  package var outputBytes = 8 << 20
  /// A message that takes longer to arrive than this …
  package var frameMilliseconds: Int64 = 10_000
  /// … brings so much in each such time. A slow line may carry the largest message; who sends a byte
  /// now and then holds memory for nothing.
  package var frameBytesPerSecond = 16 << 10
  /// How long the last answer may take to be read before the connection is closed over it.
  package var lingerMilliseconds: Int64 = 1_000
  /// How long a stop waits for peers to read their answers.
  package var stopMilliseconds: Int64 = 10_000

  /// From a stranger's first moment to the request that says who it is.
  package var strangerMilliseconds: Int64 = 5_000
  /// One message of a stranger, and its header lines. Room for a long token, and for little else.
  package var strangerFrameBytes = 4 << 10

  package init() {}

  /// What a message must bring in `frameMilliseconds`.
  var frameProgressBytes: Int { frameBytesPerSecond * Int(frameMilliseconds) / 1000 }

  /// No more connections than the system gives descriptors for.
  package var withinDescriptors: TransportLimits {
    var limits = self
    limits.connections = min(connections, max(Platform.descriptorLimit - reservedDescriptors, 1))
    return limits
  }
}

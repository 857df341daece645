/// A connection with the descriptors that its bytes come from and go to. What has happened there it
/// tells the connection, which decides what follows.
final class Channel {
  var connection: Connection
  let input: ByteStream
  let output: ByteStream
  /// Stands among the loop's touched channels.
  var isTouched = false

  /// What is being watched at the poller; nil where nothing is.
  var inputInterest: Interest?
  var outputInterest: Interest?

  init(_ connection: Connection, input: ByteStream, output: ByteStream) {
    (self.connection, self.input, self.output) = (connection, input, output)
  }

  var id: ConnectionID { connection.id }

  /// Reads once. One read is enough for thousands of requests, and others want their turn.
  func read(into buffer: UnsafeMutableRawBufferPointer) {
    switch input.read(into: buffer) {
    case .bytes(let count):
      connection.received(
        UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
    case .wouldBlock: break
    case .ended: connection.inputEnded()
    case .failed(let code): connection.fail(.failed(code))
    }
  }

  /// Writes what the output takes.
  func write() {
    while connection.replies.hasOutput {
      let transfer = connection.replies.withOutput { output.write($0) }
      switch transfer {
      case .bytes(let count): connection.replies.wrote(count)
      case .wouldBlock, .ended: return
      case .failed(let code): return connection.fail(.outputFailed(code))
      }
      if output.isOneTransferATurn { return }
    }
  }
}

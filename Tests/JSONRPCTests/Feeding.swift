import JSONRPC

/// What a stream came to, with the bytes of its frames as text.
enum Outcome: Equatable, CustomStringConvertible {
  case frame(String)
  case fault(code: Int)
  case lastFault(code: Int)
  case close

  init(_ event: FrameDecoder.Event) {
    self =
      switch event {
      case .frame(let bytes): .frame(String(decoding: bytes, as: UTF8.self))
      case .fault(let error): .fault(code: error.code)
      case .lastFault(let error): .lastFault(code: error.code)
      case .close: .close
      }
  }

  var description: String {
    switch self {
    case .frame(let text): "frame(\(text.prefix(60)))"
    case .fault(let code): "fault(\(code))"
    case .lastFault(let code): "lastFault(\(code))"
    case .close: "close"
    }
  }
}

/// Feeds a decoder piece by piece, to the end of the input.
func outcomes(
  of pieces: some Sequence<ArraySlice<UInt8>>, limits: Limits = .standard
) -> [Outcome] {
  var decoder = FrameDecoder(limits: limits)
  var outcomes: [Outcome] = []
  for piece in pieces {
    decoder.append(piece)
    while let event = decoder.next() { outcomes.append(Outcome(event)) }
  }
  if let last = decoder.finish() { outcomes.append(Outcome(last)) }
  return outcomes
}

func outcomes(of bytes: [UInt8], cutAt cuts: [Int], limits: Limits = .standard) -> [Outcome] {
  let edges = [0] + cuts + [bytes.count]
  return outcomes(of: zip(edges, edges.dropFirst()).map { bytes[$0..<$1] }, limits: limits)
}

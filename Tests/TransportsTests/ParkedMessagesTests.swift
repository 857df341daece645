import JSONRPC
import Testing

@testable import Transports

struct ParkedMessagesTests {
  private func frame(_ number: Int) -> FrameDecoder.Event { .frame(Array("[\(number)]".utf8)[...]) }

  /// The number of the oldest message.
  private func pop(_ parked: inout ParkedMessages) -> Int? {
    guard case .frame(let frame) = parked.popFirst() else { return nil }
    return Int(String(decoding: frame.dropFirst().dropLast(), as: UTF8.self))
  }

  @Test(arguments: [1, 2, 3, 16, 1000])
  func `what is never empty keeps about twice what waits, in its order`(_ waiting: Int) {
    var parked = ParkedMessages()
    for number in 0..<waiting { parked.append(frame(number)) }
    var most = 0
    for number in 0..<20_000 {
      parked.append(frame(waiting + number))
      guard pop(&parked) == number else {
        Issue.record("\(number) is not in its place")
        return
      }
      most = max(most, parked.retainedCount)
    }
    #expect(most <= 2 * (waiting + 1))
    for number in 0..<waiting { #expect(pop(&parked) == 20_000 + number) }
    #expect(pop(&parked) == nil)
    #expect((parked.cost, parked.retainedCount) == (0, 0))
  }

  @Test func `taking out keeps step with what waits`() {
    var parked = ParkedMessages()
    for number in 0..<1000 { parked.append(frame(number)) }
    for left in (0..<1000).reversed() {
      #expect(pop(&parked) == 999 - left)
      #expect(parked.retainedCount <= 2 * left + 1)
    }
  }
}

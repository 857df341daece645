import TestRandom
import Foundation
import Testing
import Wire

struct Base64Tests {
  @Test func `what Foundation has written comes back`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var chance = Random(seed: seed)
    for count in 0..<300 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
      #expect(Base64.bytes(Data(bytes).base64EncodedString()) == bytes)
    }
  }

  /// Foundation reads some texts that RFC 4648 has not; none of ours is another to it.
  @Test func `what is well formed is read as Foundation reads it, and nothing else is`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var chance = Random(seed: seed)
    let characters = Array("AZaz09+/=-_ \n")
    let groups = /(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?/
    var (read, refused) = (0, 0)
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 0...9, using: &chance)).map { _ in
          characters[Int.random(in: 0..<characters.count, using: &chance)]
        })
      let ours = Base64.bytes(text)
      #expect((ours != nil) == (text.wholeMatch(of: groups) != nil), "\(text.debugDescription)")
      if let ours {
        read += 1
        #expect(Data(base64Encoded: text).map { Array($0) } == ours)
      } else {
        refused += 1
      }
    }
    #expect(read > 1000 && refused > 1000)
  }
}

import CampaignEngine

package enum StoryTime {
  /// When the stories of the tests begin.
  package static let text = "2026-11-22T09:30:00.000Z"
  package static let start = time(text)
}

/// A time that the test itself spells; a wrong spelling is a fault of the test.
package func time(_ text: String) -> Timestamp {
  guard let time = Timestamp(wireText: text) else { preconditionFailure("no time: \(text)") }
  return time
}

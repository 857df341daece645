import CampaignEngine

extension State {
  /// All that a gateway was handed since then, which a restart hands over again.
  func attempts(since time: Timestamp) -> [SendRequest] {
    var requests: [SendRequest] = []
    forEachAttempt(since: time) { requests.append($0) }
    return requests
  }
}

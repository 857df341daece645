extension GuestFormNode {
  package var answerTimeout: TimeSpan? { timeout }

  package func window(leavingBy handle: String) -> WindowChange {
    guard handle == "timeout" else { return .opens }
    return timeout >= SessionWindow.length ? .closes : .none
  }

  package func departure(
    by handle: String, from arrival: Timestamp, in project: Project
  ) -> Timestamp {
    handle == "timeout" ? arrival + timeout : arrival
  }

  /// Each question has the whole time.
  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan {
    let each = state.quickened(timeout, in: campaign)
    return TimeSpan(milliseconds: each.milliseconds * Int64(questions.count))
  }
}

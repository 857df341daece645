import CampaignEngine
import Wire

extension SimulatedGuests {
  /// How people behave on the whole, before single habits are set.
  package enum Profile: String, WireEnum {
    /// Nearly everybody answers within hours: a campaign is seen from end to end.
    case eager
    /// Of those who are invited somewhat more than half are reached and answer, over four weeks, most of
    /// them in the third.
    case real
  }

  package init(_ profile: Profile) {
    self.init()
    self.profile = profile
    guard profile == .real else { return }
    (unreachable, silent, replies) = (30, 430, 1000)
    (readReceipts, readDelay) = (700, .hours(2))
    replyWeeks = [2, 3, 4, 1]
  }
}

extension Story {
  /// When a person gets to an invitation, who takes their time; nil for whoever answers as they read. Asked
  /// in a dialogue, everybody answers soon.
  func momentOfInvitation() -> Timestamp? {
    let weeks = settings.guests.replyWeeks
    guard !weeks.isEmpty, request.content.template != nil else { return nil }
    let week = Int64(person.pick(weeks.count, weights: weeks, "reply week"))
    let length = SimulatedGuests.week.milliseconds
    let within = Int64(person.draw("moment of the week") % UInt64(length))
    return request.startedAt + TimeSpan(milliseconds: week * length + within)
  }
}

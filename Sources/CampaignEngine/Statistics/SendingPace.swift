/// How fast messages leave, by all that holds them as a dispatch does: the rates of the number and of
/// the campaign, the daily limit, and quiet hours on the project's clock. The forecast plays the
/// dispatch itself; this is its sum for whoever cannot wait for a play.
struct SendingPace {
  private let perMinute: Int64
  private let quietHours: QuietHours?
  private let zone: ZoneRules
  private let dailyLimit: Int64?
  /// People who may still be written to, and when there is room for as many as the limit says.
  private var room: Int64
  private var nextRoomAt: Timestamp

  init(of campaign: CampaignID, in state: State, at now: Timestamp) {
    let row = state[campaign]
    let sender = state.sender(ofSpace: campaign.space)
    let project = state.project(of: campaign.space).row
    let ofSender = sender.row.messagesPerSecond * 60
    perMinute = max(1, min(ofSender, row.settings.throttle?.perMinute ?? ofSender))
    // Testers are written to at any hour.
    quietHours = row.testOf.isNone ? project.quietHours : nil
    zone = state.zone(named: project.timeZone) ?? .utc
    dailyLimit = sender.row.dailyLimit
    room = dailyLimit.map { max(0, $0 - Int64(sender.dailyCount(at: now))) } ?? .max
    nextRoomAt = room > 0 ? now + DailyLimit.length : sender.nextDailyRoom(at: now)
  }

  /// Bounds the days that are looked at: nothing is planned further ahead.
  private static let mostStretches = 2000

  /// When the last of so many messages goes, each to another person outside their window.
  mutating func end(of count: Int64, from start: Timestamp) -> Timestamp {
    var (left, time) = (count, start)
    for _ in 0..<Self.mostStretches where left > 0 {
      time = quietHours?.nextAllowed(from: time, in: zone) ?? time
      if let dailyLimit, room == 0 || time >= nextRoomAt {
        time = max(time, nextRoomAt)
        (room, nextRoomAt) = (max(1, dailyLimit), time + DailyLimit.length)
        continue
      }
      let quietAt = quietHours?.nextBeginning(after: time, in: zone) ?? .distantFuture
      let fitting = max(1, (quietAt - time).milliseconds / 60_000 * perMinute)
      let sent = min(left, min(room, fitting))
      left -= sent
      if dailyLimit != nil { room -= sent }
      time =
        sent == fitting
        ? quietAt : min(quietAt, time + TimeSpan(milliseconds: sent * 60_000 / perMinute))
    }
    return time
  }
}

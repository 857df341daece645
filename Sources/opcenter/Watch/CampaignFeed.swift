import CampaignEngine
import JSONRPC
import OperationCenterService
import Transports
import Wire

/// A campaign as a client sees it: its statistics, and the events since.
struct CampaignFeed: ~Copyable {
  let campaign: CampaignID
  private(set) var name = ""
  private(set) var statistics = CampaignStatsView()
  /// The statistics as they were sent.
  private(set) var rawStatistics = RawJSON.null
  /// The last event seen, from which a new connection goes on.
  private(set) var place: UInt64
  private var connection: ServiceConnection

  /// - Parameter place: the last event that an earlier connection gave.
  static func open(
    _ campaign: CampaignID, at address: ListenAddress, with token: ClientToken,
    after place: UInt64?, isOnce: Bool
  ) throws -> CampaignFeed {
    let connection = try ServiceConnection.open(to: address, timeoutSeconds: 30, token: token)
    var feed = CampaignFeed(campaign, connection, place ?? 0)
    let members = try JSON.decode(
      WireMap<RawJSON>.self, from: try feed.call("campaign.get", feed.parameters).bytes)
    feed.name = try members.decoded("name", as: String.self)
    try feed.refresh()
    if place == nil { feed.place = feed.statistics.asOf.sequence }
    if !isOnce { try feed.subscribe() }
    return feed
  }

  private init(_ campaign: CampaignID, _ connection: consuming ServiceConnection, _ place: UInt64) {
    (self.campaign, self.place) = (campaign, place)
    self.connection = connection
  }

  var hasEnded: Bool { statistics.status.isEnded }

  private var parameters: WireMap<RawJSON> { ["campaign_id": RawJSON(campaign)] }

  mutating func refresh() throws {
    rawStatistics = try call("stats.campaign", parameters)
    statistics = try JSON.decode(CampaignStatsView.self, from: rawStatistics.bytes)
  }

  /// From the last event seen; from now on where that is too long ago.
  private mutating func subscribe() throws {
    do {
      _ = try call("events.subscribe", parameters.with("after_sequence", place))
    } catch let refused as CallRefused where refused.error.code == ServiceError.gone.code {
      try refresh()
      place = statistics.asOf.sequence
      _ = try call("events.subscribe", parameters.with("after_sequence", place))
    }
  }

  /// The next event; nil if none comes in this time.
  mutating func next(withinMilliseconds wait: Int64) throws -> RawJSON? {
    guard let params = try connection.nextNotification(withinMilliseconds: wait) else { return nil }
    let event = try JSON.decode(WireMap<RawJSON>.self, from: params.bytes)
    place = try event.decoded("sequence", as: UInt64.self)
    // The service no longer has what came next. Whoever lists events is told so by this one.
    if try event.decoded("kind", as: String.self) == LaggedData.kind.rawValue { try subscribe() }
    return params
  }

  /// All events up to the present statistics that have not come yet. The subscription is over then.
  mutating func rest() throws -> [RawJSON] {
    var events: [RawJSON] = []
    while let event = try next(withinMilliseconds: 0) { events.append(event) }
    var params = parameters.with("after_sequence", place)
    while true {
      let page = try JSON.decode(
        WireMap<RawJSON>.self, from: try call("events.list", params).bytes)
      events += try page.decoded("items", as: [RawJSON].self)
      guard page["next_cursor"] != nil else { return events }
      params = params.with("cursor", try page.decoded("next_cursor", as: String.self))
    }
  }

  private mutating func call(_ method: String, _ params: WireMap<RawJSON>) throws -> RawJSON {
    switch try connection.call(method, RawJSON(params)) {
    case .success(let result): return result
    case .failure(let error): throw CallRefused(method: method, error: error)
    }
  }
}

import CampaignEngine
import JSONRPC
import OperationCenterService
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter watch`: how a campaign goes, while it goes.
struct WatchCommand {
  static let declaration = CommandDeclaration(
    name: "watch", summary: "Shows how a campaign goes, until it has ended.",
    positionals: [.init(name: "CAMPAIGN", summary: "the campaign, such as cmp_1")],
    options: [
      .value("connect", "HOST:PORT", "Where the service listens.", standard: "127.0.0.1:4710"),
      ClientToken.option,
      .flag("once", "Show how it stands now, and end."),
      .flag(
        "json", "Print JSON lines: the statistics, every event, and the statistics at the end."),
      .value(
        "retry", "SECONDS", "How long to look for a service that has gone away.", standard: "60"),
    ],
    discussion: """
      On a terminal the picture is redrawn in place; elsewhere a line is printed now and then. A lost
      connection is made again, and no event is missed or shown twice; where the service no longer
      has some, an event lagged says how many.
      """)

  let arguments: Arguments
  private let clock = ContinuousClock()
  private let begin = ContinuousClock.now
  private let interrupt = InterruptSignal()

  init(arguments: Arguments) { self.arguments = arguments }

  func run() throws -> ExitCode {
    guard let campaign = CampaignID(wireText: arguments.positional("CAMPAIGN") ?? "") else {
      throw UsageError(message: "CAMPAIGN needs \(CampaignID.expected)", command: "watch")
    }
    let address: ListenAddress
    let text = arguments.value("connect") ?? "127.0.0.1:4710"
    do throws(ListenAddressError) { address = try ListenAddress(parsing: text) } catch {
      throw UsageError(message: "--connect \(text): \(error)", command: "watch")
    }
    let retrySeconds = try arguments.integer("retry", in: 0...86_400) ?? 60
    var output = WatchOutput(isJSON: arguments.has("json"), isOnce: arguments.has("once"))
    let token = ClientToken(arguments)
    var place: UInt64?
    while true {
      do {
        var feed = try CampaignFeed.open(
          campaign, at: address, with: token, after: place, isOnce: output.isOnce)
        defer { place = feed.place }
        return try follow(&feed, &output)
      } catch let lost as ConnectionLost where output.hasShown && !output.isOnce {
        try output.note("\(lost.message); trying again")
        guard try awaitService(at: address, seconds: retrySeconds) else {
          if interrupt.hasCome { return .interrupted }
          throw lost
        }
      }
    }
  }

  /// Shows what comes until the campaign has ended.
  private func follow(_ feed: inout CampaignFeed, _ output: inout WatchOutput) throws -> ExitCode {
    var drawnAt = milliseconds
    try output.show(feed, atMilliseconds: drawnAt)
    var isStale = false
    while !feed.hasEnded, !output.isOnce {
      if interrupt.hasCome { return .interrupted }
      let wait = isStale ? max(0, drawnAt + WatchOutput.intervalMilliseconds - milliseconds) : 200
      if let event = try feed.next(withinMilliseconds: wait) {
        try output.show(event)
        isStale = true
      }
      guard isStale, milliseconds - drawnAt >= WatchOutput.intervalMilliseconds else { continue }
      try feed.refresh()
      drawnAt = milliseconds
      isStale = false
      try output.show(feed, atMilliseconds: drawnAt)
    }
    if output.needsEvents { for event in try feed.rest() { try output.show(event) } }
    try output.finish(feed)
    return .done
  }

  private var milliseconds: Int64 { Int64((clock.now - begin) / Duration.milliseconds(1)) }

  /// Knocks until somebody answers; more and more seldom.
  private func awaitService(at address: ListenAddress, seconds: Int64) throws -> Bool {
    let end = milliseconds + seconds * 1000
    var pause: Int64 = 100
    while milliseconds < end, !interrupt.hasCome {
      do {
        _ = try ServiceConnection(to: address, timeoutSeconds: 5)
        return true
      } catch is ConnectionLost {}
      usleep(UInt32(min(pause, max(end - milliseconds, 1)) * 1000))
      pause = min(pause * 2, 2000)
    }
    return false
  }
}

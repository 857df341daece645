import CampaignEngine
import JSONRPC
import Wire

/// All that a start would stumble over, and what it would not but people should know.
struct CampaignCheck: ServiceLongQuery {
  static let name = "campaign.check"
  static let summary = "Finds everything that would stop the start, or that is doubtful."
  static let details =
    "A list of thousands of guests is judged in a copy of the state, and the answer comes later."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "a draft whose one guest cannot be reached", params: #"{"campaign_id":"cmp_2"}"#,
      result:
        #"{"campaign_id":"cmp_2","ready":true,"issues":[{"severity":"warning","code":"unhandled_failure","node":"invite","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[1]"},{"severity":"warning","code":"unhandled_failure","node":"thanks","message":"A message that fails here fails the execution.","hint":"Draw an edge from the handle \"failed\" if another way should be tried.","path":"nodes[4]"},{"severity":"warning","code":"no_audience","node":null,"message":"Every guest that the filter matches is left out.","hint":"Look at the preview for the reasons.","path":""}],"audience":{"matched":1,"eligible":0,"left_out":{"unreachable":1},"without_consent":0}}"#
    )
  ]
  typealias Params = CampaignGet.Params

  struct Output: WireObject {
    var campaign = CampaignID.none
    var isReady = false
    var issues: [ChatflowIssue] = []
    var audience = AudienceView()
    var answering: [AnsweringView]?
    static var schemaName: String { "CampaignReadiness" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field("ready", &isReady, "Whether campaign.start would succeed now.")
      try visit.field("issues", &issues, "Errors stop the start, warnings do not.")
      try visit.field("audience", &audience, "Whom a start would reach now.")
      try visit.field(
        "answering", &answering,
        "What it takes to hear the answers to each form, by each way; absent where there is none.",
        .omittable)
    }
  }

  /// Of one who answers at once. What brings a guest to the form is not counted.
  struct AnsweringView: WireObject {
    var node = ""
    var way = Way.questions
    var guests = 0
    var messages = MessageRange()
    var leastMicros: Int64?
    var mostMicros: Int64?
    static var schemaName: String { "AnsweringCost" }

    enum Way: String, WireEnum { case form, questions }

    init() {}

    init(_ cost: AnswerWays.Cost) {
      (node, way) = (cost.node, Way(rawValue: cost.way.rawValue) ?? .questions)
      guests = cost.guests
      (messages.least, messages.most) = (cost.fewest, cost.most)
      (leastMicros, mostMicros) = (cost.leastMicrosPerGuest, cost.mostMicrosPerGuest)
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("node", &node, "The guest_form.")
      try visit.field(
        "way", &way, "form where it is filled in inside WhatsApp, questions where one by one.")
      try visit.field("guests", &guests, "Eligible guests who would be asked anything there.")
      try visit.field("messages", &messages, "How many one of them is sent.")
      try visit.field(
        "least_micros", &leastMicros,
        "Price a guest on the average, if each is sent as few as can be; null where a price is unknown."
      )
      try visit.field(
        "most_micros", &mostMicros, "If each comes to everything, and chooses what can be chosen.")
    }
  }

  struct MessageRange: WireObject {
    var least = 0
    var most = 0

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("least", &least, "To the guest who is sent fewest.")
      try visit.field("most", &most, "To the guest who is sent most.")
    }
  }

  struct AudienceView: WireObject {
    var matched = 0
    var eligible = 0
    var leftOut = WireMap<Int>()
    var withoutConsent = 0
    var daysByLimit: Int?
    static var schemaName: String { "AudienceCounts" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("matched", &matched, "Guests that the filter matches.")
      try visit.field("eligible", &eligible, "Those of them that would be written to.")
      try visit.field("left_out", &leftOut, "The others by their first reason.")
      try visit.field(
        "without_consent", &withoutConsent,
        "Those of the eligible of whom neither consent_source nor consent_at is known.")
      try visit.field(
        "days", &daysByLimit,
        "On how many days the number's daily limit spreads the eligible, if nothing else is sent.",
        .omittable)
    }
  }

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    _ = try center.campaign(params.campaign)
    if center.engine.canJudgeAll(of: params.campaign) {
      return .now(
        output(
          CampaignReadiness(of: params.campaign, in: center.engine.state), params.campaign,
          center.engine.state))
    }
    return try center.later(.reading) { copy, stop in
      output(
        CampaignReadiness(of: params.campaign, in: copy.state) { stop.isSet }, params.campaign,
        copy.state)
    }
  }

  private static func output(
    _ readiness: CampaignReadiness, _ campaign: CampaignID, _ state: State
  ) -> Output {
    var output = Output()
    output.campaign = campaign
    output.isReady = readiness.isReady
    output.issues = readiness.issues
    let answering = readiness.answerWays.map { AnsweringView($0) }
    output.answering = answering.isEmpty ? nil : answering
    if let count = readiness.count {
      (output.audience.matched, output.audience.eligible) = (count.matched, count.eligible)
      output.audience.withoutConsent = count.withoutConsent
      if let limit = state.sender(ofSpace: campaign.space).row.dailyLimit.map(Int.init), limit > 0 {
        output.audience.daysByLimit = (count.eligible + limit - 1) / limit
      }
      for (code, number) in count.leftOut { output.audience.leftOut[code.rawValue] = number }
    }
    return output
  }
}

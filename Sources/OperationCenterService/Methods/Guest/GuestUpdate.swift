import CampaignEngine
import JSONRPC
import Wire

struct GuestUpdate: ServiceChange {
  static let name = "guest.update"
  static let summary = "Changes one guest: what is absent stays, null clears."
  static let details = "Another phone applies to messages that were not sent yet."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "an answer that came by telephone",
      params: #"{"guest_id":"gst_2","rsvp":"attending","attending_count":3}"#,
      result:
        #"{"id":"gst_2","project_id":"prj_1","external_id":"A-002","name":"Budi Santoso","phone":"+6281230000077","category":"family","language":"id","time_zone":null,"party_size":4,"rsvp":"attending","attending_count":3,"events":[{"key":"wedding","rsvp":"attending","attending_count":3,"answered_at":null,"answered_by":"operator"},{"key":"sangeet","rsvp":"pending","attending_count":0,"answered_at":null}],"tags":[],"fields":{},"subscription":"subscribed","reachable":true,"session_window":{"open":false,"closes_at":null},"created_at":"2026-11-22T09:30:00.000Z","updated_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var guest = GuestID.none
    var values = GuestAttributeValues()
    var rsvp: RSVP?
    var attendingCount: Int64?
    var tags: [String]?
    var fieldValues = WireMap<Scalar?>()
    var subscription: Subscription?
    var isReachable: Bool?
    var idempotencyKey: String?
    var answers: [GivenAnswer]?
    var isSettling = false

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guest, "Guest.")
      try values.patchFields(GuestAttribute.first, &visit)
      try visit.field("rsvp", &rsvp, "Answer for the main event.")
      try visit.field(
        "attending_count", &attendingCount, "How many come; 0 unless attending.",
        .range(0...Limits.partySize))
      try visit.field(
        "tags", &tags, "Replaces all tags.",
        .length(0...50).each(length: 0...Guest.tagLength.upperBound))
      try visit.field(
        "fields", &fieldValues, "Custom fields, merged key by key; null clears one.",
        .defaulted.length(0...200))
      try visit.field("subscription", &subscription, "What may be sent to this number.")
      try visit.field("reachable", &isReachable, "True to try again after failures.")
      try visit.idempotencyKey(&idempotencyKey)
      try visit.field("answers", &answers, "Answers for single events.", .length(0...50))
      try values.patchFields(GuestAttribute.later, &visit)
      try visit.field(
        "settle", &isSettling,
        "With an rsvp: executions that ask the guest for it end as completed, with the outcome settled.",
        .defaulted)
    }
  }

  struct Output: WireObject {
    var guest = GuestView()
    var warnings: [GuestWarningView]?
    var settled: [ExecutionID]?
    static var schemaName: String { "GuestUpdated" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try guest.fields(&visit)
      try visit.field("warnings", &warnings, "What was noticed.", .omittable)
      try visit.field(
        "settled", &settled, "With settle: the executions that ended by it.", .omittable)
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    guard center.engine.state.find(params.guest) != nil else {
      throw Rejection.notFound(params.guest)
    }
    let zone = try zone(params.values[.timeZone]?.text, in: center)
    let (profile, readings) = try profile(params, in: center)
    let settled = try center.perform(
      UpdateGuest(
        guest: params.guest, profile: profile, rsvp: params.rsvp,
        attendingCount: params.attendingCount, subscription: params.subscription, zone: zone,
        answers: params.answers ?? [], isSettling: params.isSettling))
    let isStopped = center.engine.state.person(of: params.guest).isMarketingStopped
    let stop =
      params.subscription == .subscribed && isStopped ? ImportWarning.marketingStopped : nil
    let warnings =
      [stop, ImportWarning(phoneReadings: readings)].compactMap { $0 }
      + center.engine.state.partyWarnings(of: params.guest)
    return Output(
      guest: GuestView(params.guest, in: center),
      warnings: warnings.isEmpty ? nil : warnings.map { GuestWarningView($0) },
      settled: params.isSettling ? settled : nil)
  }

  private static func zone(
    _ name: String?, in center: isolated OperationCenter
  ) throws -> ZoneRules? {
    guard let name, !name.isEmpty else { return nil }
    return try ZoneDatabase.rules(named: name, around: center.now, in: "time_zone")
  }

  private static func profile(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> (GuestProfile, phoneReadings: [Phone]) {
    var profile = GuestProfile()
    var readings: [Phone] = []
    for attribute in params.values.given where attribute != .phone {
      profile.values[attribute] = params.values[attribute]
    }
    profile.tags = params.tags
    profile.fieldValues = params.fieldValues
    if params.isReachable == true { profile.unreachableSince = .zero }
    if params.isReachable == false { profile.unreachableSince = center.now }
    if let phone = params.values[.phone]?.text, phone.isEmpty {
      profile.phone = Phone.none
    } else if let phone = params.values[.phone]?.text {
      let code = center.engine.state.project(of: params.guest.space).row.callingCode
      do throws(Phone.Fault) {
        let home = NumberingPlan.of(callingCode: code)
        (profile.phone, readings) = try Phone.read(phone, home: home)
      } catch {
        throw Rejection.invalidParams(field: "phone", reason: error.reason, error.message)
      }
    }
    return (profile, readings)
  }
}

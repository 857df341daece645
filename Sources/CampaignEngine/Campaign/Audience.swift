import Wire

/// Why a matching guest is not written to. The order is the order of precedence.
package enum LeftOutCode: String, WireEnum {
  case excludedByID = "excluded_by_id"
  case alreadyInCampaign = "already_in_campaign"
  case optedOut = "opted_out"
  case noConsent = "no_consent"
  case noPhone = "no_phone"
  case unreachable
  case notDeliverableThere = "not_deliverable_there"
  case duplicatePhone = "duplicate_phone"
  case throughHousehold = "through_household"
  case householdFull = "household_full"
  case notContact = "not_contact"
  case noTemplateLanguage = "no_template_language"
  case missingVariable = "missing_variable"
  case tooLate = "too_late"
  case notInvited = "not_invited"

  /// Nothing of the guest matters then: another one is written to.
  var isSpokenFor: Bool { self == .throughHousehold || self == .householdFull }
}

package struct LeftOut: Sendable, Equatable {
  package let code: LeftOutCode
  /// Who is written to instead.
  package var guest = GuestID.none
  /// For missing variables: the path.
  package var path = ""

  package init(code: LeftOutCode, guest: GuestID = .none, path: String = "") {
    (self.code, self.guest, self.path) = (code, guest, path)
  }

  package var message: String {
    switch code {
    case .excludedByID: "Excluded by id."
    case .alreadyInCampaign: "Is in the campaign already."
    case .optedOut: "Does not want to be written to."
    case .noConsent: "Has not agreed to be written to, which this number requires."
    case .noPhone: "Has no phone number, and nobody of the household can be asked."
    case .unreachable: "Messages to this number failed."
    case .notDeliverableThere: "WhatsApp delivers no such template in the country of this number."
    case .duplicatePhone:
      guest.isNone
        ? "The campaign has written to this number before."
        : "\(guest.wireText) is written to on this number."
    case .throughHousehold: "\(guest.wireText) is asked for the household."
    case .householdFull:
      "\(guest.wireText) is asked for \(Limits.householdMembers) guests already, which is the most."
    case .notContact: "\(guest.wireText) is the contact of the household."
    case .noTemplateLanguage: "No template is approved in a language of the guest or the project."
    case .missingVariable: "\(path) has no value."
    case .tooLate: "The time to send has passed."
    case .notInvited: "Is not invited to the event that the campaign is about."
    }
  }
}

/// Judges guests one after the other, in the order of their identifiers: who matches, and who of
/// them is written to. The preview and the enrolment both ask it, so they cannot differ.
package struct Audience {
  private let predicate: GuestPredicate
  /// Place of the event to which they are invited; nil for whatever they are invited to.
  let event: Int?
  let graph: ChatflowGraph?
  let campaign: CampaignID
  let household: HouseholdPolicy
  private let sendBy: Timestamp?
  let space: UInt32
  /// Stops of all templates that come first.
  private let deliveryStops: [DeliveryStop]
  /// Only these may be written to beside those who are; nil for all who match.
  var named: Set<GuestID>?
  /// Older guests have been let in or passed over, and newer ones are not among those who are.
  var firstGuest: UInt32 = 1
  var lastGuest = UInt32.max
  /// All are judged in one go, and nobody joins meanwhile.
  var countsVerdicts = false
  /// Who is written to, by telephone and by household.
  var speakers = HouseholdSpeakers()
  /// Per language of guests, whether all first templates have a variant.
  private var hasLanguage: [String: Bool] = [:]

  package init(
    filter: GuestFilter, event: Int? = nil, graph: ChatflowGraph?, campaign: CampaignID,
    sendBy: Timestamp?, space: UInt32, household: HouseholdPolicy, in state: State
  ) {
    (self.household, self.event) = (household, event)
    predicate = GuestPredicate(filter, project: state.project(of: space))
    self.graph = graph
    (self.campaign, self.space) = (campaign, space)
    self.sendBy = [sendBy, graph?.firstSendBy].compactMap { $0 }.min()
    let first =
      graph?.firstTemplates.compactMap { state.template(named: $0, space: space)?.row } ?? []
    deliveryStops =
      first.isEmpty
      ? []
      : DeliveryStop.all.filter { stop in
        stop.from <= state.now && first.allSatisfy { $0.category == stop.category }
      }
  }

  /// The audience of a campaign that runs.
  package init(campaign: CampaignID, in state: State) {
    self.init(campaign: campaign, graph: state.graph(of: campaign), in: state)
  }

  /// The audience of a campaign if it walked this graph.
  package init(campaign: CampaignID, graph: ChatflowGraph?, in state: State) {
    let row = state[campaign]
    self.init(
      filter: row.settings.guestFilter,
      // Testers are on no list.
      event: row.testOf.isNone
        ? row.settings.event.map { _ in state.eventIndex(of: campaign) } : nil,
      graph: graph,
      campaign: campaign,
      sendBy: row.settings.sendBy,
      space: campaign.space, household: row.settings.household, in: state)
    if let enrolment = row.progress.enrolment {
      (firstGuest, lastGuest) = (enrolment.cursor &+ 1, enrolment.lastGuest)
    }
  }

  /// What it costs to see whether a guest matches, and what to judge one.
  package var weight: Int { predicate.weight }
  package var judgingWeight: Int { predicate.weight + 3 }

  /// Whether a guest matches who is not in the campaign yet.
  func joins(_ guest: GuestID, in state: State) -> Bool {
    matches(guest, in: state) && state.execution(of: guest, in: campaign) == nil
  }

  package func matches(_ guest: GuestID, in state: State) -> Bool {
    // Testers walk tests, and nobody else does.
    let isTest = !campaign.isNone && !state[campaign].testOf.isNone
    let row = state[guest]
    return !row.isDeleted && row.isTester == isTest
      && event.map { state.isInvited(guest, toEventAt: $0) } != false
      && predicate.matches(guest, in: state)
  }

  /// All reasons to leave a matching guest out, in order of precedence; none means eligible.
  package mutating func judge(_ id: GuestID, in state: State) -> [LeftOut] {
    let own = ownReasons(id, in: state)
    switch spokesperson(for: id, own, in: state) {
    case .oneself, .nobody(nil): return own
    case .nobody(let reason?): return own + [reason]
    case .other(let reason):
      if reason.code.isSpokenFor {
        return own.filter { $0.code == .excludedByID || $0.code == .alreadyInCampaign } + [reason]
      }
      // Whom something speaks against is told that, though somebody after them is written to.
      if reason.code == .duplicatePhone, reason.guest > id, !own.isEmpty { return own }
      let own = reason.code == .notContact ? own.filter { $0.code != .noPhone } : own
      let place = own.firstIndex { $0.code.index > reason.code.index } ?? own.endIndex
      return own[..<place] + [reason] + own[place...]
    }
  }

  func isExcluded(_ id: GuestID) -> Bool { predicate.excluded.contains(id) }

  /// What speaks against writing to a guest, whoever else is in the household.
  mutating func ownReasons(_ id: GuestID, in state: State) -> [LeftOut] {
    let guest = state[id]
    var reasons: [LeftOut] = []
    func add(_ code: LeftOutCode) { reasons.append(LeftOut(code: code)) }
    if isExcluded(id) { add(.excludedByID) }
    if !campaign.isNone, state.execution(of: id, in: campaign) != nil { add(.alreadyInCampaign) }
    let person = state.person(of: id)
    if isUnwanted(by: person.subscription, in: state) { add(.optedOut) }
    if state.lacksConsent(guest, at: id.space) { add(.noConsent) }
    if guest.phone.isNone { add(.noPhone) }
    if guest.unreachableSince > .zero { add(.unreachable) }
    // Whoever has just written gets the free text of a template, where it has one.
    if isUndeliverable(to: guest.phone), !person.isWindowSafelyOpen(at: state.now) {
      add(.notDeliverableThere)
    }
    if let graph {
      if !hasTemplates(graph, for: id, in: state) { add(.noTemplateLanguage) }
      if let path = missingPath(graph, for: id, in: state) {
        reasons.append(LeftOut(code: .missingVariable, path: path))
      }
    }
    if let sendBy, state.now > sendBy { add(.tooLate) }
    if let event, !state.isInvited(id, toEventAt: event) { add(.notInvited) }
    return reasons
  }

  /// Whoever wants no marketing may get all else. What follows later is judged when it leaves, by the
  /// category of that moment.
  private func isUnwanted(by subscription: Subscription, in state: State) -> Bool {
    switch subscription {
    case .subscribed: return false
    case .optedOut: return true
    case .noMarketing:
      guard let graph else { return false }
      let first = graph.firstTemplates.compactMap { state.template(named: $0, space: space)?.row }
      return !first.isEmpty && first.allSatisfy { $0.category == .marketing }
    }
  }

  /// WhatsApp would show none of the templates that come first. What follows is judged when it leaves.
  private func isUndeliverable(to phone: Phone) -> Bool {
    deliveryStops.contains { $0.holdsBack(from: phone) }
  }

  private mutating func hasTemplates(_ graph: ChatflowGraph, for id: GuestID, in state: State)
    -> Bool
  {
    let language = state.language(of: id)
    if let known = hasLanguage[language] { return known }
    let languages = state.project(of: id.space).row.languages
    let hasAll = graph.firstTemplates.allSatisfy { name in
      state.template(named: name, space: id.space)?.row
        .variantIndex(language: language, projectLanguages: languages) != nil
    }
    // Few languages stand in one list; a list of nonsense must not grow this without end.
    if hasLanguage.count < 1000 { hasLanguage[language] = hasAll }
    return hasAll
  }

  private func missingPath(_ graph: ChatflowGraph, for id: GuestID, in state: State) -> String? {
    for place in graph.firstRequiredPlaces {
      if case .variable = place[0] { continue }
      let hasValue = place.contains { path in
        state.value(of: path, for: id).map { TemplateText.parameterValue($0).isEmpty } == false
      }
      if !hasValue {
        return place[0].description
      }
    }
    return nil
  }

  /// The language of the template variant that a guest would get first.
  package func templateLanguage(of id: GuestID, in state: State) -> String? {
    guard let graph, let name = graph.firstTemplates.first,
      let template = state.template(named: name, space: id.space)?.row
    else { return nil }
    let languages = state.project(of: id.space).row.languages
    return template.variantIndex(language: state.language(of: id), projectLanguages: languages)
      .map { template.variants[$0].language }
  }
}

extension State {
  /// Place of the event that a campaign is about; else the main one's.
  package func eventIndex(of campaign: CampaignID) -> Int {
    self[campaign].settings.event.flatMap { key in
      // An event that is named by what runs is not removed.
      project(of: campaign.space).row.events.firstIndex { $0.key == key }
    } ?? 0
  }

  /// A guest's executions run from new to old, and none is older than the campaign's first.
  package func execution(of guest: GuestID, in campaign: CampaignID) -> ExecutionID? {
    let members = members(of: campaign)
    guard members.count > 0 else { return nil }
    let first = members[0].counter
    let space = guest.space
    var counter = projects[space].guests[guest].lastExecution
    while counter >= first {
      let id = ExecutionID(space: space, counter: counter)
      if self[id].campaign == campaign { return id }
      counter = projects[space].executions[counter].previousOfGuest
    }
    return nil
  }
}

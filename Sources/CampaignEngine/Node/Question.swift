import Wire

/// One question of a form.
package struct Question: WireObject {
  package var key = ""
  package var kind = Kind.text
  package var min: Int64?
  package var max: Int64?
  package var maxFrom: String?
  package var saveTo: String?
  package var ask = LocalizedText()
  package var onInvalid: LocalizedText?
  package var choices: [Choice] = []
  /// Asked once for each of them; absent: once.
  package var forEach: [Each]?
  /// Whose answer it is; absent: of whoever is asked.
  package var scope: AnswerScope?
  /// Asked after choose, with the list of events.
  package var chooseText: LocalizedText?
  /// What the field of a form inside WhatsApp is called, where not as the key.
  package var formField: String?

  package enum Kind: String, WireEnum {
    case text, number, choice, date, phone
    /// Who of those who are asked together comes.
    case members
    /// To which events somebody comes: all, none, or some that are chosen then.
    case eventRSVP = "event_rsvp"
  }

  package enum Each: String, WireEnum { case member, event }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("key", &key, "Variable that gets the answer.", .pattern(.handle))
    try visit.field("kind", &kind, "What counts as an answer.")
    try visit.field("min", &min, "Smallest number, or shortest text.")
    try visit.field("max", &max, "Largest number, or longest text.")
    try visit.field("max_from", &maxFrom, "Path of the largest number: guest.party_size.")
    try visit.field(
      "save_to", &saveTo, "Where it goes too: guest.attending_count, guest.fields.menu.")
    try visit.field("ask", &ask, "The question.", .each(length: 1...1024))
    try visit.field(
      "on_invalid", &onInvalid, "Sent when the answer is none.", .each(length: 1...1024))
    try visit.field(
      "choices", &choices, "For kind choice; for event_rsvp all, choose and none.",
      .defaulted.length(0...10))
    try visit.field(
      "for_each", &forEach,
      "Asked for each of them who comes, one after the other: member of those who are asked together, event of those that somebody is invited to.",
      .omittable.length(1...2))
    try visit.field(
      "for", &scope,
      "Of event_rsvp: household gives the answer for all who are asked with the guest, too.",
      .omittable)
    try visit.field(
      "choose", &chooseText,
      "Of event_rsvp: asked after choose. The list of events stands behind it, or at {{event.list}}.",
      .omittable.each(length: 1...1024))
    try visit.field(
      "form_field", &formField,
      "Behind a send_flow: what its field is called in the form, where not as the key.",
      .omittable.length(1...200))
  }

  var isForEachMember: Bool { forEach?.contains(.member) ?? false }
  var isForEachEvent: Bool { forEach?.contains(.event) ?? false }

  var target: GuestTarget? { saveTo.flatMap(GuestTarget.init) }

  private var isSavedAsAnswer: Bool { if case .rsvp = target { true } else { false } }

  /// All that it may write to.
  var targets: [GuestTarget] {
    if kind == .eventRSVP { return [.everyRSVP] }
    guard let target else { return [] }
    guard isForEachEvent else { return [target] }
    if case .rsvp = target { return [.everyRSVP] }
    if case .field(let name) = target { return [.eventField(name, event: nil)] }
    return [target]
  }

  /// Not everybody is asked it.
  var mayBeSkipped: Bool {
    if forEach != nil || kind == .eventRSVP || kind == .members { return true }
    switch target {
    case .rsvp, .attendingCount, .attendingChildren: return true
    default: return target?.event != nil
    }
  }

  func check(_ check: inout NodeCheck, _ path: String) {
    checkSubjects(&check, path)
    if kind == .members {
      checkList(&check, ask, "\(path).ask")
      checkList(&check, onInvalid, "\(path).on_invalid")
    }
    if kind == .eventRSVP { checkEventRSVP(&check, path) }
    check.texts(shownAsk, field: "\(path).ask")
    check.texts(shownInvalid, field: "\(path).on_invalid")
    if kind == .choice, choices.isEmpty {
      check.error(
        "missing_choices", "Question \"\(key)\" has no choices.", "Add one to ten.", path)
    }
    check.unique(choices.map(\.value), field: "\(path).choices")
    check.differentTitles(choices.map(\.title), field: "\(path).choices")
    if let min, let max, min > max {
      check.error(
        "out_of_range", "Question \"\(key)\" has min above max.", "Swap them.", "\(path).min")
    }
    if let maxFrom, VariablePath(maxFrom) == nil {
      check.error(
        "unknown_variable", "\"\(maxFrom)\" is no path.", "Use guest.party_size, say.",
        "\(path).max_from")
    }
    if let event = target?.event {
      check.event(event, field: "\(path).save_to")
    }
    if let event = maxFrom.flatMap(VariablePath.init)?.event {
      check.event(event, field: "\(path).max_from")
    }
    if kind == .members, saveTo != nil, !isSavedAsAnswer {
      check.error(
        "invalid_target", "Question \"\(key)\" asks who comes, which is an answer to an event.",
        "Save it to guest.rsvp, or to guest.rsvp.EVENT.", "\(path).save_to")
    }
    if let saveTo, target == nil {
      check.error(
        "unknown_target", "\"\(saveTo)\" cannot be saved to.",
        "Use guest.name, guest.attending_count, guest.party_size, guest.language, guest.category, guest.fields.NAME or vars.NAME.",
        "\(path).save_to")
    }
  }
}

package struct Choice: WireObject, Equatable {
  package var value = ""
  package var title = LocalizedText()
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("value", &value, "What is saved.", .pattern(.handle))
    try visit.field("title", &title, "What the guest reads.", .each(length: 1...24))
  }
}

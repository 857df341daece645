import Wire

/// What is checked of questions that are asked of several, or about several.
extension Question {
  func checkSubjects(_ check: inout NodeCheck, _ path: String) {
    func error(_ message: String, _ hint: String, _ field: String) {
      check.error("invalid_question", "Question \"\(key)\" \(message)", hint, "\(path).\(field)")
    }
    if kind != .eventRSVP, scope != nil {
      error("is answered for one guest.", "Take it out, or use kind event_rsvp.", "for")
    }
    if kind != .eventRSVP, chooseText != nil {
      error("has nothing to choose from.", "Take it out, or use kind event_rsvp.", "choose")
    }
    guard let forEach else { return }
    if scope == .household, forEach.contains(.member) {
      error("is answered for all at once, and asked of each.", "Take one of them out.", "for")
    }
    if target == .subscription {
      error("asks what each says for themselves.", "Take for_each out.", "for_each")
    }
    if kind == .members {
      error("asks about all members at once.", "Take it out.", "for_each")
    }
    if Set(forEach).count < forEach.count {
      error("names one twice.", "Name member and event once each.", "for_each")
    }
    if kind != .eventRSVP, target.map({ $0.variable != nil }) ?? true {
      error(
        "is asked several times, and keeps one answer.",
        "Save it to a field of the guest, say guest.fields.\(key).", "save_to")
    }
    guard isForEachEvent else { return }
    check.event(nil, field: "\(path).for_each")
    if kind == .eventRSVP || target?.canBeOfEach != true {
      error(
        "cannot be asked of each event.",
        "Save it to guest.rsvp, guest.attending_count, guest.attending_children or guest.fields.NAME.",
        kind == .eventRSVP ? "for_each" : "save_to")
    }
  }

  /// Answers by number are read off the lines that were shown.
  func checkList(_ check: inout NodeCheck, _ text: LocalizedText?, _ path: String) {
    for text in text?.texts ?? [] {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      guard
        let place = lines.firstIndex(where: {
          $0.contains(text: ".list") && $0.contains(text: "{{")
        })
      else { continue }
      let rest = lines[(place + 1)...]
      let standsAlone = lines[place].trimmed.hasPrefix("{{") && lines[place].trimmed.hasSuffix("}}")
      guard !standsAlone || rest.contains(where: { $0.first?.isNumber == true }) else { continue }
      return check.error(
        "invalid_text", "Question \"\(key)\" has its numbered list inside other words.",
        "Give the list a line of its own, with no numbered lines behind it.", path)
    }
  }

  func checkEventRSVP(_ check: inout NodeCheck, _ path: String) {
    check.event(nil, field: "\(path).kind")
    check.texts(shownChoose, field: "\(path).choose")
    checkList(&check, chooseText, "\(path).choose")
    if saveTo != nil {
      check.error(
        "invalid_target", "Question \"\(key)\" keeps an answer for each event.",
        "Take save_to out.", "\(path).save_to")
    }
    let values = choices.map(\.value)
    let expected = EventRSVPChoice.allCases.map(\.rawValue)
    guard values.allSatisfy(expected.contains), values.contains("all"), values.contains("none")
    else {
      return check.error(
        "missing_choices", "Question \"\(key)\" has other choices than all, choose and none.",
        "Give it the choices all and none, and choose where some events may be chosen.",
        "\(path).choices")
    }
    if values.contains("choose") != (chooseText != nil) {
      check.error(
        "missing_choices", "Question \"\(key)\" has one of the choice choose and the text choose.",
        "Give it both, or neither.", "\(path).choose")
    }
  }
}

/// What is answered first to a question about all events.
enum EventRSVPChoice: String, CaseIterable {
  case all, choose
  case nothing = "none"
}

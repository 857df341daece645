import CampaignEngine
import Wire

/// What the person says.
extension Story {
  func tap(_ button: ContentButton) -> InboundFact {
    InboundFact(kind: .button, text: button.title, payload: button.payload, isQuoting: true)
  }

  /// One in four swipes our message to quote it.
  func typed(_ text: String) -> InboundFact {
    InboundFact(kind: .text, text: text, isQuoting: prompt.happens(250, "quote"))
  }

  /// The title of a button, as people write it.
  func spelled(_ title: String) -> String {
    prompt.pick([title, title.lowercased(), title + "!", " " + title + " "], "spelling")
  }

  var nonsense: String {
    prompt.pick(["Who is this?", "🙂", "???", "Let me ask my wife", "asdf"], "nonsense")
  }

  var media: InboundFact {
    let kinds: [ContentKind] = [
      .image, .audio, .sticker, .video, .document, .location, .contacts, .unsupported,
    ]
    let kind = prompt.pick(kinds, "medium")
    return InboundFact(kind: kind, text: kind == .image ? "Our answer" : "")
  }

  var chatter: InboundFact {
    if prompt.happens(300, "reaction") {
      return InboundFact(kind: .reaction, text: "❤️", isQuoting: true)
    }
    return typed(prompt.pick(["Thank you!", "👍", "See you there"], "chatter words"))
  }

  /// The answer to a form's question: mostly one that it takes.
  var formAnswer: String {
    let isInvalid = prompt.happens(settings.guests.invalid, "invalid")
    return answer(to: request.expectation, isInvalid: isInvalid)
  }

  /// What is filled in inside WhatsApp, with its token.
  func filledIn(_ fields: [FormField]) -> InboundFact {
    let members = fields.enumerated().map { place, field in
      let story = prompt.about(UInt64(place) + 1)
      var other = self
      other.prompt = story
      let isInvalid = story.happens(settings.guests.invalid, "invalid")
      return (
        field.name, JSONValue.string(other.answer(to: field.expectation, isInvalid: isInvalid))
      )
    }
    let text = String(decoding: JSON.encode(JSONValue.object(members)), as: UTF8.self)
    return InboundFact(
      kind: .flow, text: text, payload: request.content.buttons.last?.payload ?? "",
      isQuoting: true)
  }

  private func answer(to expectation: SendRequest.Expectation, isInvalid: Bool) -> String {
    switch expectation {
    case .number(let range): return isInvalid ? noNumber(in: range) : number(in: range)
    case .date: return isInvalid ? "next Friday" : date
    case .phone: return isInvalid ? "12" : request.to.wireText
    case .text: return prompt.pick(["No nuts, please", "Nothing special", "We fly in"], "remark")
    case .button(let handles):
      return isInvalid || handles.isEmpty
        ? nonsense
        : handles[prompt.pick(handles.count, weights: settings.guests.choiceWeights, "choice")]
    case .nothing, .form: return nonsense
    }
  }

  private func number(in range: ClosedRange<Int64>) -> String {
    let (width, isHuge) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    let step = prompt.draw("number") % UInt64(isHuge ? 10 : min(width, 9) + 1)
    let number = range.lowerBound + Int64(step)
    return prompt.happens(250, "sentence") ? "we are \(number)" : "\(number)"
  }

  private func noNumber(in range: ClosedRange<Int64>) -> String {
    let (next, isTooLarge) = range.upperBound.addingReportingOverflow(1)
    return prompt.pick(
      [isTooLarge ? "all of us" : "\(next)", "a few", "not sure yet"], "no number")
  }

  /// Some day of the two months that follow.
  private var date: String {
    let today = request.startedAt.milliseconds / 86_400_000
    return CivilDate(daysSinceEpoch: today + 1 + Int64(prompt.draw("day") % 60)).description
  }
}

import CampaignEngine

/// Those of WhatsApp's rules about content that need no memory. The engine should never break one,
/// so the simulator refuses as WhatsApp would (Meta, "Service messages").
enum ContentRules {
  /// The error that a request meets, or nil.
  static func fault(in request: SendRequest) -> Int64? {
    if request.to == request.from { return SimulatedError.recipientIsSender }
    switch request.content {
    case .template(let template):
      let values = template.parameters.map(\.value) + template.components.map(\.value)
      if values.contains("") { return SimulatedError.parameterMissing }
      if !values.allSatisfy(isOneLine) { return SimulatedError.templateParameters }
      return template.components.count <= 10 ? nil : SimulatedError.parameterInvalid
    case .text(let text): return fault(in: text, longest: 4096)
    case .buttons(let text, let buttons):
      return fault(in: text, longest: 1024)
        ?? fault(in: buttons, count: 1...3, title: 20, payload: 256)
    case .flow(let text, let flow):
      let isNamed = (flow.id == nil) != (flow.name == nil)
      let button = [ContentButton(payload: flow.token, title: flow.cta)]
      return fault(in: text, longest: 1024)
        ?? (isNamed ? nil : SimulatedError.parameterInvalid)
        ?? fault(in: button, count: 1...1, title: FlowUse.ctaLength.upperBound, payload: 256)
    case .list(let text, let rows):
      return fault(in: text, longest: 1024)
        ?? fault(in: rows, count: 1...10, title: 24, payload: 200)
    }
  }

  private static func fault(in text: String, longest: Int) -> Int64? {
    if text.isEmpty { return SimulatedError.parameterMissing }
    return isLonger(text, than: longest) ? SimulatedError.parameterInvalid : nil
  }

  private static func fault(
    in buttons: [ContentButton], count: ClosedRange<Int>, title: Int, payload: Int
  ) -> Int64? {
    let isRight =
      count.contains(buttons.count)
      && buttons.allSatisfy { button in
        !button.title.isEmpty && !isLonger(button.title, than: title)
          && !button.payload.isEmpty && !isLonger(button.payload, than: payload)
      }
      && Set(buttons.map(\.payload)).count == buttons.count
      && Set(buttons.map(\.title)).count == buttons.count
    return isRight ? nil : SimulatedError.parameterInvalid
  }

  /// Most texts are shorter even in bytes, which costs nothing to know.
  private static func isLonger(_ text: String, than count: Int) -> Bool {
    text.utf8.count > count && text.unicodeScalars.count > count
  }

  /// Values of places have no line breaks, no tabs and no more than four spaces in a row.
  private static func isOneLine(_ value: String) -> Bool {
    var spaces = 0
    for byte in value.utf8 {
      if byte == 0x09 || byte == 0x0A || byte == 0x0D { return false }
      spaces = byte == 0x20 ? spaces + 1 : 0
      if spaces > 4 { return false }
    }
    return true
  }
}

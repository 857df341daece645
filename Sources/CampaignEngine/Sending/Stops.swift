/// Failures that others would meet too: they hold what would meet them, and nothing else.
extension Engine {
  /// No campaign of a number that WhatsApp has stopped goes on: trying makes it worse (131048).
  mutating func pauseCampaigns(of sender: SenderID, for error: MessageError) {
    let name = error.errorClass.rawValue
    pauseCampaigns(of: sender, reason: error.code.map { "\(name):\($0)" } ?? name)
  }

  mutating func pauseCampaigns(of sender: SenderID, reason: String) {
    for campaign in state[sender].runningCampaigns where state[campaign].status == .running {
      emit(CampaignStatusChanged(campaign: campaign, status: .paused, pauseReason: reason))
    }
  }

  /// The variant that was refused is not sent again before WhatsApp approves it anew.
  mutating func stopTemplate(of message: Message, for error: MessageError) {
    let content = message.content
    guard content.kind == .template, let template = state.find(content.template),
      template.variants.indices.contains(Int(content.variant)),
      template.variants[Int(content.variant)].status == .approved
    else { return }
    emit(
      TemplateStatusReported(
        template: content.template, language: template.variants[Int(content.variant)].language,
        status: error.code == Self.templateDisabled ? .disabled : .paused, stop: error))
  }

  /// "Disabled" is for good, where the other stops end by themselves or by an operator.
  private static let templateDisabled: Int64 = 132_016

  /// What a message waits for whose template was stopped.
  func stop(_ message: Message, for error: MessageError) -> SendBlock? {
    guard error.errorClass == .templateStop, message.attempts > 0,
      message.content.kind == .template
    else { return nil }
    return SendBlock(stopped: message.content.template, variant: message.content.variant)
  }

  /// The message steps aside until its template is approved again.
  mutating func waitForTemplate(_ id: MessageID, _ template: TemplateID, variant: UInt16) {
    emit(
      MessagePostponed(
        message: id, readyAt: state.now, block: SendBlock(stopped: template, variant: variant)))
  }
}

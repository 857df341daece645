import Wire

extension ConditionField {
  static let ofMessages: [ConditionField] = [
    .message("id", .identifier(MessageKind.self) { rows, _ in rows.subject.message }),
    .message("campaign", .identifier(CampaignKind.self) { rows, _ in rows.message?.campaign }),
    .message("status", .words { rows, _ in rows.message?.status }),
    .message("direction", .words { rows, _ in rows.message?.direction }),
    .message("purpose", .words { rows, _ in rows.message?.purpose }),
    .message("type", .words { rows, _ in rows.message?.content.kind }),
    .message("text", .text { rows, _ in rows.message?.content.text }),
    .message("template", .text { rows, state in rows.message?.templateName(in: state) }),
    .message("category", .words(canBeUnset: true) { rows, _ in rows.message?.pricedCategory }),
    .message("attempts", .number { rows, _ in (rows.message?.attempts).map { Int64($0) } }),
    .message(
      "error.class", .words(canBeUnset: true) { rows, _ in rows.message?.error?.errorClass }),
    .message("error.code", .number { rows, _ in rows.message?.error?.code }),
    .message("routed_by", .words(canBeUnset: true) { rows, _ in rows.message?.routedBy }),
    .message("needs_attention", .flag { rows, _ in rows.message?.needsAttention }),
    .message("disposition", .words(canBeUnset: true) { rows, _ in rows.message?.disposition }),
    .message("created_at", .moment { rows, _ in rows.message?.createdAt }),
    .message("ready_at", .moment { rows, _ in rows.message?.readyAt }),
    .message("accepted_at", .moment { rows, _ in rows.message?.acceptedAt }),
    .message("sent_at", .moment { rows, _ in rows.message?.sentAt }),
    .message("delivered_at", .moment { rows, _ in rows.message?.deliveredAt }),
    .message("read_at", .moment { rows, _ in rows.message?.readAt }),
    .message("failed_at", .moment { rows, _ in rows.message?.failedAt }),
  ]
}

extension Message {
  fileprivate func templateName(in state: State) -> String? {
    content.kind == .template ? state.template(content.template).name : nil
  }

  /// Known once it was attempted: free text in place of a template is priced as such.
  fileprivate var pricedCategory: PriceCategory? {
    direction == .outbound && attempts > 0 ? cost.category : nil
  }
}

import CampaignEngine

extension TemplateStatus {
  /// Meta sends approved templates only. What may be approved again is waited for; what never was is
  /// passed over.
  package init?(whatsApp status: String) {
    switch status.uppercased() {
    case "APPROVED", "REINSTATED", "UNARCHIVED": self = .approved
    case "PENDING": self = .pending
    case "REJECTED", "LIMIT_EXCEEDED": self = .rejected
    case "PAUSED", "FLAGGED", "IN_APPEAL", "LOCKED": self = .paused
    case "DISABLED", "ARCHIVED", "PENDING_DELETION", "DELETED": self = .disabled
    default: return nil
    }
  }
}

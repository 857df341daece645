import Wire

package enum CampaignStatus: String, WireEnum {
  case draft, scheduled, running, paused, completed, cancelled
}

/// What can be done to a campaign; the words of the answers' `allowed`.
package enum CampaignAction: String, WireEnum {
  case update, schedule, unschedule, start, delete, pause, resume, cancel
  case addGuests = "add_guests"
  case duplicate
  /// Lets the rest in after a first share.
  case `continue`
}

extension CampaignStatus {
  /// The one table that decides every transition.
  package var allowed: [CampaignAction] {
    switch self {
    case .draft: [.update, .schedule, .start, .delete]
    case .scheduled: [.update, .unschedule, .start, .cancel]
    case .running: [.pause, .cancel, .addGuests]
    case .paused: [.resume, .cancel, .addGuests]
    case .completed: [.delete, .duplicate, .addGuests]
    case .cancelled: [.delete, .duplicate]
    }
  }

  package var isEnded: Bool { self == .completed || self == .cancelled }
}

extension Campaign {
  /// What can be done to it now. A recurring campaign that has come to its end never had executions
  /// of its own: nobody can join it.
  package var allowed: [CampaignAction] {
    if chatflowVersion == 0 { return status.allowed.filter { $0 != .addGuests } }
    let isHeld = progress.share?.holdsRest == true && !status.isEnded
    return isHeld ? status.allowed + [.continue] : status.allowed
  }
}

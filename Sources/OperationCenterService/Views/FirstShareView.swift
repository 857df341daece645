import CampaignEngine
import Wire

/// The guests of a campaign who go first.
package struct FirstShareView: WireObject {
  package var stage = FirstShare.Stage.enrolling
  package var guests = 0
  package var outcome: FirstShareOutcomeView?

  package init() {}

  init(_ share: FirstShare) {
    (stage, guests) = (share.stage, share.guests.count)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "stage", &stage,
      "enrolling; under_way until it is known what became of the first messages; done, and the rest waits for campaign.continue; continued."
    )
    try visit.field("guests", &guests, "How many go first.")
    try visit.field(
      "outcome", &outcome, "What became of them; campaign.get has it.", .omittable)
  }
}

package struct FirstShareOutcomeView: WireObject {
  package var enrolled = 0
  package var delivered = 0
  package var underWay = 0
  package var held = 0
  package var failed = 0
  package var unknown = 0
  package var notSent = 0
  package var answered = 0
  package var optedOut = 0
  package var unreached = 0
  package var failures: [ErrorMessages] = []

  package init() {}

  init(_ outcome: FirstShareOutcome) {
    enrolled = outcome.enrolled
    (delivered, underWay, held) = (outcome.delivered, outcome.underWay, outcome.held)
    (failed, unknown, notSent) = (outcome.failed, outcome.unknown, outcome.notSent)
    (answered, optedOut) = (outcome.answered, outcome.optedOut)
    unreached = outcome.unreached
    failures = outcome.failures.map { ErrorMessages($0) }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("enrolled", &enrolled, "How many of them are enrolled.")
    try visit.field("delivered", &delivered, "First messages that were delivered or read.")
    try visit.field("under_way", &underWay, "Those of which nothing final is known yet.")
    try visit.field("held", &held, "Those held back as pending invitations.")
    try visit.field("failed", &failed, "Those that failed.")
    try visit.field("unknown", &unknown, "Those of which nobody knows whether they were sent.")
    try visit.field(
      "not_sent", &notSent, "Guests who were left out meanwhile, or are sent nothing any more.")
    try visit.field("answered", &answered, "Guests among all these who have answered.")
    try visit.field("opted_out", &optedOut, "Guests who opted out.")
    try visit.field("unreached", &unreached, "Guests whom no message reaches.")
    try visit.field("failures", &failures, "The failed by kind and WhatsApp's code.")
  }
}

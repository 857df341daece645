import Wire

/// Bounds of the engine, each with its reason.
package enum Limits {
  /// A flow that does more between two waits is in a loop.
  package static let nodesPerSprint = 100
  /// An execution that was set going more often is in a loop with the outside.
  package static let sprintsPerExecution: UInt16 = 1000
  /// Messages name their visit by sixteen bits.
  package static let visitsPerExecution = 60_000
  /// Larger graphs are no longer read by people.
  package static let nodesPerChatflow = 500
  package static let edgesPerChatflow = 2000
  /// Ways out looked at for the longest ways of one graph: half a millisecond, since a restart
  /// reads every version that is kept.
  package static let looksForLongestWays = 20_000
  /// One version as it is stored.
  package static let chatflowBytes = 1 << 20
  /// Guests judged in one slice of a start: about a millisecond.
  package static let guestsPerSlice: UInt32 = 128
  /// Guests of a first share: more are no try any more.
  package static let firstShare: Int64 = 1000
  /// How long after it was taken a message of a first share counts as not delivered.
  package static let firstShareDelivery = TimeSpan.hours(1)
  /// How often it is looked at after that, and how long at most: quiet hours may hold it overnight.
  package static let firstShareLooks = TimeSpan.minutes(10)
  package static let firstShareLongest = TimeSpan.hours(24)
  /// Executions touched in one slice of a cancel or a resume.
  package static let executionsPerSlice = 256
  /// Executions of a bulk operation that are done within the call.
  package static let bulkInCall = 1000
  /// Identifiers in one call; longer selections are made by a query.
  package static let bulkIDs = 10_000
  /// Each migration of a campaign adds the nodes of another version to its graph.
  package static let migrationsPerCampaign = 8
  /// Bulk operations whose results are kept.
  package static let bulksPerProject = 100_000
  /// Testers of one test.
  package static let testers = 20
  /// Timers fired, and messages dispatched, in one turn.
  package static let timersPerSlice = 128
  package static let sendsPerSlice = 128
  /// Lane entries of one campaign that are looked at before it is another's turn, where none of them
  /// can go.
  package static let looksPerTurn = 8
  /// Rows of a table looked at for one page of a filtered list: a few milliseconds.
  package static let rowsPerPageScan: UInt32 = 4096
  /// Conditions are written by people; a tree this deep is walked on any stack.
  package static let conditionCharacters = 10_000
  package static let conditionsPerQuery = 250
  package static let conditionDepth = 100
  package static let importRows = 1000
  /// Guests of one name that a row is compared with.
  static let namesakes = 64
  /// Who is asked through one guest, with that guest.
  package static let householdMembers = 15
  /// Of a household key: what more guests have is no household.
  static let guestsOfHouseholdKey = 256
  /// Who was ever asked through one guest in a campaign.
  static let namedToOne = 4096
  /// Of templates in one call: an account of WhatsApp's has at most so many.
  package static let templateRows = 6000
  /// What one such call writes of whole templates: about ten times what it can say itself, since each
  /// holds its former texts too.
  package static let templateSyncBytes = 64 << 20
  /// Buckets of a timeline before they become wider: a month of quarters of an hour.
  package static let timelineBuckets = 2880
  package static let partySize: Int64 = 1000
  /// Categories, tags, field names, reasons and outcomes of one project.
  package static let symbolsPerProject = 10_000
  package static let projects = 10_000
  package static let projectFields = 200
  /// Fields of a form inside WhatsApp that are read.
  static let formFields = 200

  /// Different answers of guests that are counted apart.
  static let answersToldApart = 200

  /// Places of answers, those of removed events among them.
  package static let eventsEver = 200
  package static let senders = 10_000
  package static let templatesPerProject = 2000
  /// Texts that a template has had; messages name one by a number of 16 bits.
  package static let variantsEver = 2000
  package static let chatflowsPerProject = 2000
  package static let versionsPerChatflow = 1000
  package static let campaignsPerProject = 10_000
  package static let remindersPerProject = 10_000
  /// Firings of a recurring campaign that wait for the one before; further ones are skipped.
  package static let queuedFirings = 100
  /// A firing is not missed by the moment that a busy turn takes.
  package static let firingGrace = TimeSpan.minutes(1)
  /// Two auto-responders must not talk: the same prompt goes to one guest this often, in this time.
  package static let samePrompts = 3
  package static let samePromptsWindow = TimeSpan.hours(6)
  /// How long a question waits for the guest's other open question.
  package static let turnTimeout = TimeSpan.hours(24)
  /// Whoever wrote this long ago has gone to bed, as far as quiet hours are concerned.
  package static let dialogue = TimeSpan.hours(1)
  /// A late text gets its question again at most once in this time.
  package static let lateQuestionInterval = TimeSpan.hours(24)
  /// Reports for messages that we do not know yet are kept, in case the send's answer is late.
  package static let parkedReports = 10_000
  /// WhatsApp repeats a webhook for seven days: a report that waits longer belongs to no message of ours.
  package static let parkedReportLifetime = TimeSpan.days(7)
  /// Longer than WhatsApp repeats a webhook.
  package static let erasedMessagesRemembered = TimeSpan.days(8)
  /// Webhooks that wait to be worked off, and those of the newest that a repeat is known by.
  package static let webhooksWaiting = 4096
  package static let webhookBytesWaiting = 64 << 20
  package static let webhooksRemembered = 1024
  /// A larger body is checked and taken apart on another thread: about a millisecond of work.
  package static let webhookBytesReadAtOnce = 96 << 10
  /// Pending invitations released in one call: a few milliseconds.
  package static let releasesPerFlush = 1000
  /// A program that sends for us claims at most this many at once, for at most this long.
  package static let claimedSends = 100
  /// It may come by this seldom and still fill its rates.
  package static let claimCredit = TimeSpan.seconds(1)
  package static let shortestLease = TimeSpan.seconds(5)
  package static let longestLease = TimeSpan.hours(1)
  /// Attempts of one message that are kept: enough for all that a policy makes, and for what a
  /// throttle turns away beside them.
  package static let earlierAttempts = 100
  /// WhatsApp's cap on templates for one person lifts after a day at the earliest (131049); after two
  /// more tries the guest counts as not reached.
  package static let deferral = TimeSpan.hours(24)
  package static let deferredRetries: UInt16 = 2
  /// The breaker pauses a campaign when half of its newest outcomes are failures of ours. Fewer than
  /// twenty say too little; more than a hundred would tell of another hour.
  package static let breakerOutcomes = 100
  package static let breakerLeastOutcomes = 20
  package static let breakerPercent = 50
  /// Numbers, and user ids, that one person ever had.
  package static let aliasesPerPerson = 8
  /// Idempotency keys are remembered this long, and this many; with them their results, which are
  /// as large as answers are: a list that was imported has a result for each of its rows.
  package static let idempotencyLifetime = TimeSpan.hours(24)
  package static let idempotencyEntries = 1_000_000
  package static let idempotencyBytes = 256 << 20
  /// WhatsApp's own: plain text, text with buttons or a list, and the payload of a list's row.
  package static let textCharacters = 4096
  package static let textWithButtonsCharacters = 1024
  package static let listRowPayloadBytes = 200
  package static let buttonTitleCharacters = 20
  package static let rowTitleCharacters = 24
  package static let listRows = 10
}

import Wire

/// One kind of step: everything that the rest of the house wants to know of it. A kind answers here, in
/// files of its own, and nobody else asks which kind a node is. What most kinds have nothing to say to
/// stands below, answered for them.
package protocol NodeContent: WireObject {
  // MARK: What it is

  /// As documents call it: `send_template`.
  static var typeName: String { get }
  /// What it does, for people who write a flow.
  static var summary: String { get }
  /// JSON of the `data` of one.
  static var example: String { get }
  static var traits: NodeTraits { get }

  /// What a kind got after `phase` was there, which stands behind its first fields: what is stored of flows
  /// grows at its end only.
  mutating func laterFields(_ visit: inout some FieldVisitor) throws(WireError)

  /// The ways out, in the order in which events number them.
  var handles: [String] { get }
  /// Where executions stand here, for people, unless the flow says otherwise.
  /// - Parameter isBeforeWait: the guest has been asked nothing yet.
  func usualPhase(isBeforeWait: Bool) -> Phase

  // MARK: What a flow of it is checked for

  /// Says what is wrong with the node, beyond the shape of its fields.
  func check(_ check: inout NodeCheck)
  var reads: NodeReads { get }
  /// What it may save, in the order in which it is shown.
  var writes: [GuestTarget] { get }
  /// It keeps answers for all who are asked together, too.
  var answersForHousehold: Bool { get }

  // MARK: Walking

  func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult
  /// Where a version of the flow has this node in the place of an older one of the same kind: whether an
  /// execution goes on as it is, or has to enter it anew.
  /// - Parameter question: index of the question that is open there.
  func takesOver(from older: any NodeContent, at question: Int) -> Bool

  // MARK: Time

  /// How long an answer is waited for; then the way out `timeout` is taken.
  var answerTimeout: TimeSpan? { get }
  /// Nobody passes it at once, however often they come.
  var alwaysHolds: Bool { get }
  /// Of a node that does not always hold, the ways out by which somebody may pass at once.
  func passesAtOnce(by handle: String) -> Bool
  /// What leaving by this way out says of the session window.
  func window(leavingBy handle: String) -> WindowChange
  /// When a guest who came at a time may leave by this way out, as early as can be.
  func departure(by handle: String, from arrival: Timestamp, in project: Project) -> Timestamp
  /// How long it keeps a guest who is silent, by the flow's own time.
  func longestStay(in campaign: CampaignID, at now: Timestamp, _ state: State) -> TimeSpan
  /// It waits for a time around an event, which may be moved.
  var waitsForEvent: Bool { get }
  /// When such a wait ends, worked out anew.
  func movedEnd(of visit: Visit, in engine: Engine) -> Timestamp?

  // MARK: What it sends

  /// The template that it sends, or falls back to while free text is not allowed.
  var templateUse: TemplateUse? { get }
  /// What it sends may wait for an open window, and goes as the template where none opens.
  var isInvitation: Bool { get }
  /// After this moment nothing is sent any more.
  var sendBy: Timestamp? { get }
  /// How long its message waits for the guest to open a window, then fails.
  var windowTimeout: TimeSpan? { get }
  /// The question that it asks in free words; repeated where a late guest gets it again.
  var promptText: LocalizedText? { get }
  /// All that it may say in free words.
  var freeTexts: [FreeText] { get }
  /// What a message of it says now; nil where no node of this kind sends such a one.
  func render(_ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine) -> Rendering?

  // MARK: Answers

  /// Answers with a way out of their own.
  var replies: [Reply] { get }
  /// Its buttons count after it was left, until the event.
  var takesLateAnswers: Bool { get }
  /// What the answers to the open question are called.
  /// - Parameter question: its index, where there are several.
  func answerNames(to question: Int?) -> [String]
  /// The variable that gets the answer to a question.
  func questionKey(at index: Int) -> String?
  /// The form inside WhatsApp that it sends.
  var flowUse: FlowUse? { get }
  /// What a person would fill in, where a form inside WhatsApp asks its questions.
  func formFields(for guest: Guest) -> [FormField]
  /// Of a form, how many messages ask its questions.
  var formQuestions: QuestionCount? { get }
  /// Keys of the questions that offer choices and keep them in a field of the guest.
  var choiceKeys: [String] { get }
  /// Where the answers to a question are kept; nil where it asks none of this key.
  func answeredQuestion(_ key: String) -> AnsweredQuestion?
  /// What a person who reads the question would understand is asked of them.
  func expectation(of message: Message, _ guest: Guest) -> SendRequest.Expectation?
  /// What a tap on a button of this node does, from wherever its execution is by now; nil where it counts
  /// for nothing here and may be meant for another.
  func effect(of tap: ButtonPayload, on node: Int, in state: State) -> Route.Effect?
  /// Whether what a message of it asks is still a question for anybody.
  func isAbout(_ message: Message, in state: State) -> Bool
  /// Takes another answer to an earlier question. Returns false where it gives none.
  func changeAnswer(
    to question: Int, by message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> Bool

  // MARK: Answers that an operator was told

  /// What an operator was told, as answers that are taken one after the other.
  func contents(
    ofTold answer: ToldAnswer, _ visit: Visit, in engine: Engine
  ) throws(Rejection) -> [ToldContent]
  /// Why the question would not take it; asked when it is its turn.
  func fault(inTold content: ToldContent, _ visit: Visit, _ engine: Engine) -> Rejection?
  /// - Parameter name: handle of the reply, or key of the question.
  func effect(
    ofTold name: String, at place: ToldPlace, on node: Int, of execution: ExecutionID,
    in state: State
  ) -> Route.Effect
}

extension NodeContent {
  package static var traits: NodeTraits { [] }
  package mutating func laterFields(_ visit: inout some FieldVisitor) throws(WireError) {}
  package func check(_ check: inout NodeCheck) {}
  package var reads: NodeReads { NodeReads() }
  package var writes: [GuestTarget] { [] }
  package var answersForHousehold: Bool { false }
  package func takesOver(from older: any NodeContent, at question: Int) -> Bool { true }

  package var answerTimeout: TimeSpan? { nil }
  package var alwaysHolds: Bool { answerTimeout != nil }
  package func passesAtOnce(by handle: String) -> Bool { !alwaysHolds }
  /// Whoever leaves a question otherwise than by its timeout has just written.
  package func window(leavingBy handle: String) -> WindowChange {
    guard let answerTimeout else { return .none }
    guard handle == "timeout" else { return .opens }
    return answerTimeout >= SessionWindow.length ? .closes : .none
  }
  package func departure(
    by handle: String, from arrival: Timestamp, in project: Project
  ) -> Timestamp {
    arrival + (handle == "timeout" ? answerTimeout ?? .zero : .zero)
  }
  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan { answerTimeout ?? windowTimeout ?? .zero }
  package var waitsForEvent: Bool { false }
  package func movedEnd(of visit: Visit, in engine: Engine) -> Timestamp? { nil }

  package var templateUse: TemplateUse? { nil }
  package var isInvitation: Bool { false }
  package var sendBy: Timestamp? { nil }
  package var windowTimeout: TimeSpan? { nil }
  package var promptText: LocalizedText? { nil }
  package var freeTexts: [FreeText] { [] }
  package func render(
    _ message: Message, _ visit: Visit, isOpen: Bool, in engine: Engine
  ) -> Rendering? { nil }

  package var replies: [Reply] { [] }
  package var takesLateAnswers: Bool { false }
  package func answerNames(to question: Int?) -> [String] { [] }
  package func questionKey(at index: Int) -> String? { nil }
  package func answeredQuestion(_ key: String) -> AnsweredQuestion? { nil }
  package var flowUse: FlowUse? { nil }
  package var choiceKeys: [String] { [] }
  package var formQuestions: QuestionCount? { nil }
  package func formFields(for guest: Guest) -> [FormField] { [] }
  package func expectation(
    of message: Message, _ guest: Guest
  ) -> SendRequest.Expectation? { nil }
  package func effect(of tap: ButtonPayload, on node: Int, in state: State) -> Route.Effect? {
    .nothing
  }
  package func isAbout(_ message: Message, in state: State) -> Bool { true }
  package func changeAnswer(
    to question: Int, by message: MessageID, _ visit: Visit, in engine: inout Engine
  ) -> Bool { false }

  package func contents(
    ofTold answer: ToldAnswer, _ visit: Visit, in engine: Engine
  ) throws(Rejection) -> [ToldContent] { [] }
  package func fault(
    inTold content: ToldContent, _ visit: Visit, _ engine: Engine
  ) -> Rejection? { nil }
  package func effect(
    ofTold name: String, at place: ToldPlace, on node: Int, of execution: ExecutionID,
    in state: State
  ) -> Route.Effect { .nothing }
}

/// What the shape of a flow must know of a kind.
package struct NodeTraits: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Where every execution begins.
  package static let entry = NodeTraits(rawValue: 1)
  /// It sends a message and goes on by `default` once WhatsApp has it, by `failed` if it never does.
  package static let sends = NodeTraits(rawValue: 2)
  /// It holds the execution until the guest or the clock acts.
  package static let waits = NodeTraits(rawValue: 4)
  /// The guest is the one who has to act.
  package static let asks = NodeTraits(rawValue: 8)
  /// Its question is asked by the node that sends before it, whose buttons it takes.
  package static let isPrompted = NodeTraits(rawValue: 16)
  /// What it sends is filled in inside WhatsApp, and answers the form that follows.
  package static let sendsForm = NodeTraits(rawValue: 32)
  /// It takes what was filled in so.
  package static let takesForm = NodeTraits(rawValue: 64)
}

/// What the texts and conditions of a node look at.
package struct NodeReads {
  /// Texts that may have places.
  var texts: [String] = []
  var queries: [String] = []
  /// Paths that are looked at beside those of the texts.
  var paths: [String] = []
  /// Keys of events that are named beside those of the texts.
  var events: [String] = []
}

/// What leaving a node says of the session window.
package enum WindowChange {
  /// As it was.
  case none
  /// The guest has just written.
  case opens
  /// For all that the flow knows, they have not written for a day.
  case closes
}

/// Words that a node sends while the window is open.
package struct FreeText {
  /// As a fault of it is told: `The text`.
  let name: String
  let text: LocalizedText
  let hasButtons: Bool

  var longest: Int { hasButtons ? Limits.textWithButtonsCharacters : Limits.textCharacters }
}

import Testing
import Wire

import CampaignEngine

/// All that one life wrote into a journal, which holds every kind of event.
struct RecordedLife {
  /// The records of each command.
  private(set) var commands: [[EventBatch.Record]] = []

  var kinds: Set<EventKind> { Set(commands.flatMap { $0.map(\.kind) }) }

  /// A random life, and what no random life does.
  init(seed: UInt64, steps: Int) throws {
    let simulation = try Simulation(seed: seed, keepsRecords: true)
    for _ in 0..<steps { try simulation.step() }
    let harness = simulation.harness
    try Self.changeWhatRests(harness)
    try simulation.finish()
    try Self.deleteWhatRests(harness)
    commands = simulation.setUp + harness.commands
  }

  private static func changeWhatRests(_ harness: EngineHarness) throws {
    var sender = SenderChange()
    sender.name = "Weddings & Co"
    try harness.perform(UpdateSender(sender: harness.sender, change: sender))
    var project = ProjectChange()
    (project.name, project.quietHours) = ("Meera & Budi", .clear)
    try harness.perform(UpdateProject(project: harness.project, change: project))
    var result = RememberedResult()
    (result.method, result.key, result.result) = ("guest.create", "key 1", .null)
    try harness.perform(RememberResult(entry: result))
  }

  /// In a project of its own, so that the other one keeps all.
  private static func deleteWhatRests(_ harness: EngineHarness) throws {
    try harness.makeProject { $0.timeZone = "Asia/Jakarta" }
    let template = try harness.template("unused")
    try harness.perform(UpdateTemplate(template: template, category: .utility, variants: nil))
    try harness.makeTemplates()
    let chatflow = try harness.flow(try SimulationFlows.plain())
    try harness.guest("Nobody", phone: "+6281230000999")
    try harness.perform(DeleteChatflow(chatflow: chatflow))
    try harness.perform(DeleteTemplate(template: template))
    try harness.perform(DeleteProject(project: harness.project))
  }
}

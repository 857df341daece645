/// What the running command has still to do before it returns, and what it is in the middle of. Between
/// two commands it is empty.
struct Agenda: Sendable {
  /// Executions that got their turn.
  private var woken: [ExecutionID] = []
  private var nextWoken = 0
  private var changedGuests: [GuestID] = []
  private var walksLeft = 0
  private var effects: [Effect?] = []
  private var catchingUp = ExecutionID.none

  /// What a message brings about: its first event, and the first that others are told of.
  private struct Effect {
    var first: EventReference
    var told: EventReference?
    var hasConflict = false
  }

  mutating func begin(walks: Int) { walksLeft = walks }

  /// No campaign is over before the roles of somebody who goes have been passed on.
  var holdsCompletion = false

  // MARK: - Executions that go on, one after the other: each may free the next

  mutating func wake(_ execution: ExecutionID) { woken.append(execution) }

  mutating func takeWoken() -> ExecutionID? {
    guard nextWoken < woken.count else {
      woken.removeAll(keepingCapacity: true)
      nextWoken = 0
      return nil
    }
    defer { nextWoken += 1 }
    return woken[nextWoken]
  }

  // MARK: - Guests who were created or changed, where a campaign waits for such

  mutating func noteChange(of guest: GuestID) { changedGuests.append(guest) }

  mutating func takeChangedGuests() -> [GuestID] {
    defer { changedGuests = [] }
    return changedGuests
  }

  // MARK: - Guests who may still be set going as they join

  var mayWalk: Bool { walksLeft > 0 }

  mutating func countWalk() { walksLeft -= 1 }

  // MARK: - Messages that take effect: applying one may let another in

  var isTakingEffect: Bool { !effects.isEmpty }

  mutating func beginEffect() { effects.append(nil) }

  /// - Parameter isTold: others are told of the event. Such tell best what a message caused.
  mutating func note(_ event: EventReference, isTold: Bool) {
    guard let last = effects.indices.last, effects[last]?.told == nil else { return }
    effects[last] = Effect(
      first: effects[last]?.first ?? event, told: isTold ? event : nil,
      hasConflict: effects[last]?.hasConflict ?? false)
  }

  /// Part of what the message says stands against what is known already.
  mutating func noteConflict() {
    for place in effects.indices { effects[place]?.hasConflict = true }
  }

  /// The event that tells what came of the message; nil where nothing did, or not all.
  mutating func endEffect() -> EventReference? {
    effects.removeLast().flatMap { $0.hasConflict ? nil : $0.told ?? $0.first }
  }

  // MARK: - The execution whose replies are being taken

  func isCatchingUp(_ execution: ExecutionID) -> Bool { catchingUp == execution }

  /// - Returns: what `endCatchingUp` is to be given.
  mutating func beginCatchingUp(_ execution: ExecutionID) -> ExecutionID {
    defer { catchingUp = execution }
    return catchingUp
  }

  mutating func endCatchingUp(backTo outer: ExecutionID) { catchingUp = outer }
}

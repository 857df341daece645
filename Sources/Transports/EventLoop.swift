import JSONRPC

/// One thread, all connections, one actor.
///
/// A turn reads what is ready, hands every complete frame to the delegate, lets it commit once,
/// and only then writes: no reply and no notification leaves before what it depends on is durable.
package final class EventLoop {
  package let handle: LoopHandle
  let poller: any Poller
  let limits: TransportLimits
  private let clock: LoopClock
  private let wakePipe: WakePipe
  private var signalRelay: SignalRelay?
  private var processWatch: ProcessWatch?

  var listeners: [Listener] = []
  var channels: [ConnectionID: Channel] = [:]
  var connectionsByHost: [String: Int] = [:]
  private var nextConnection: UInt64 = 1
  private(set) var newlyOpened: [Channel] = []
  /// Those that there was no room for in this turn.
  var crowdedOut: [(peer: Peer, reason: CloseReason)] = []
  /// Those that something happened to in this turn.
  var touched: [Channel] = []
  /// Those with something that may take too long.
  var deadlines: [ConnectionID: Int64] = [:]
  /// With requests left over from the last turn.
  private var unfinished: [Channel] = []

  private var events: [Readiness] = []
  private var readBuffer: UnsafeMutableRawBufferPointer
  private(set) var now: Int64
  private var nextTimer: Int64?
  private var isFirstTurn = true
  private(set) var stopReason: StopReason?
  private var stopDeadline: Int64?
  /// Why `run` returns; nil while it goes on.
  package private(set) var result: StopReason?

  package init(
    handle: LoopHandle, poller: any Poller, limits: TransportLimits = TransportLimits(),
    clock: LoopClock = .continuous
  ) throws(SystemError) {
    Platform.ignoreWriteSignals()
    wakePipe = try WakePipe()
    self.handle = handle
    self.poller = poller
    self.limits = limits.withinDescriptors
    self.clock = clock
    now = clock.milliseconds()
    readBuffer = .allocate(byteCount: limits.readBytes, alignment: 16)
    try poller.watch(wakePipe.readEnd, for: .readable, token: Token.wake.rawValue)
    handle.executor.attach(wakePipe)
  }

  deinit {
    handle.executor.attach(nil)
    readBuffer.deallocate()
  }

  // MARK: - What it serves

  /// The end of this input ends the loop.
  package func serve(_ streams: StandardStreams) {
    addConnection(.standardStreams, input: streams.input, output: streams.output)
  }

  /// A peer within this process, on another thread: gives the descriptor on which it speaks, and which is
  /// its own. The end of its input ends the loop.
  package func serveWithinProcess() throws(SystemError) -> Int32 {
    let (peer, streams) = try StandardStreams.socketPair()
    serve(streams)
    return peer
  }

  /// Gives the address with the port that was bound. Nobody can connect before `openListeners`.
  package func bind(to address: ListenAddress) throws(SystemError) -> ListenAddress {
    let listener = try Listener(address)
    listeners.append(listener)
    return listener.address
  }

  /// From now on connections are taken. What callers need to know has to be there by then: who finds
  /// the port open reads it at once.
  package func openListeners() throws(SystemError) {
    for (number, listener) in listeners.enumerated() {
      try listener.open()
      try poller.watch(
        listener.descriptor, for: .readable, token: Token.listener(number).rawValue)
    }
  }

  /// Both at once.
  package func listen(on address: ListenAddress) throws(SystemError) -> ListenAddress {
    let bound = try bind(to: address)
    try openListeners()
    return bound
  }

  /// These end the loop as the end of its input does; a second one ends it at once.
  /// - Parameter isLast: nothing comes after the loop but the end of the process, so that a signal
  ///   which comes later changes nothing. Otherwise it has its former meaning again.
  package func stopOnSignals(_ signals: [Int32], isLast: Bool = false) {
    signalRelay = SignalRelay(signals, to: wakePipe, isLast: isLast)
  }

  /// The end of this process ends the loop.
  package func stopWithProcess(_ process: Int32) throws(SystemError) {
    let watch = try ProcessWatch(process)
    try poller.watch(watch.descriptor, for: .readable, token: Token.process.rawValue)
    processWatch = watch
  }

  // MARK: - Turns

  /// Turns until something ends it. Throws what `commit` threw.
  ///
  /// The caller is on the actor already: it makes the loop and runs it inside one `assumeIsolated`
  /// on the executor's thread.
  package func run(_ delegate: isolated some LoopDelegate) throws -> StopReason {
    while true {
      if let result { return result }
      try runTurn(delegate)
    }
  }

  /// One turn. It waits until something is ready, until the next deadline, or as long as it is told.
  package func runTurn(
    _ delegate: isolated some LoopDelegate, waitMilliseconds: Int32? = nil
  ) throws {
    now = clock.milliseconds()
    try poller.wait(milliseconds: waitTime(atMost: waitMilliseconds), into: &events)
    now = clock.milliseconds()
    // Between two turns nothing is half done, so jobs of the actor may run here as they would at
    // an `await`.
    handle.executor.runPending()
    try turn(delegate)
  }

  private func turn(_ delegate: isolated some LoopDelegate) throws {
    var signals: [Int32] = []
    for event in events { deal(with: event, &signals) }
    // Last, so that what had arrived by then is answered.
    signals.forEach(take(signal:))
    resumeListeners()
    for channel in newlyOpened
    where delegate.opened(channel.id, channel.connection.peer) == .stranger {
      channel.connection.beginAsStranger(at: now)
    }
    newlyOpened.removeAll(keepingCapacity: true)
    for (peer, reason) in crowdedOut { delegate.turnedAway(peer, reason) }
    crowdedOut.removeAll()
    for channel in unfinished { touch(channel) }
    unfinished.removeAll(keepingCapacity: true)
    // More may be touched on the way, by what the delegate sends.
    var index = 0
    while index < touched.count {
      startRequests(of: touched[index], delegate)
      index += 1
    }
    delegate.turn()
    releaseOrders()
    do {
      try delegate.commit()
    } catch {
      abandonAll()
      throw error
    }
    // What a commit has made known follows the replies of its own turn.
    releaseOrders()
    expire()
    // What is touched while others are settled has its turn next.
    let settling = touched
    touched = []
    for channel in settling { settle(channel, delegate) }
    // A timer may be set for the end of time.
    nextTimer = delegate.millisecondsToNextTimer().map { now + min(max($0, 0), Int64(Int32.max)) }
    isFirstTurn = false
    finishStop(delegate)
  }

  private func waitTime(atMost given: Int32?) -> Int32? {
    let isBusy =
      isFirstTurn || !unfinished.isEmpty || !touched.isEmpty || !newlyOpened.isEmpty
      || handle.hasOrders || handle.executor.hasWork
    if isBusy { return 0 }
    var next = [nextTimer, stopDeadline].compactMap { $0 }.min()
    for deadline in deadlines.values { next = min(next ?? deadline, deadline) }
    for listener in listeners {
      if let pause = listener.pausedUntil { next = min(next ?? pause, pause) }
    }
    let wait = next.map { Int32(clamping: max($0 - now, 0)) }
    guard let given else { return wait }
    return min(wait ?? given, given)
  }

  private func deal(with event: Readiness, _ signals: inout [Int32]) {
    switch Token(rawValue: event.token) {
    case .wake: signals += wakePipe.drain()
    case .process: stop(.processEnded)
    case .listener(let place): accept(at: place)
    case .input(let id):
      guard let channel = channels[id] else { return }
      touch(channel)
      if event.isReadable || event.isBroken { read(channel, isBroken: event.isBroken) }
    case .output(let id):
      guard let channel = channels[id] else { return }
      touch(channel)
      if event.isBroken && !event.isWritable { channel.connection.fail(.endOfInput) }
    }
  }

  /// A peer whose requests must wait is not read from, but its end is noticed.
  private func read(_ channel: Channel, isBroken: Bool) {
    if let count = channel.connection.wantedBytes {
      channel.read(
        into: UnsafeMutableRawBufferPointer(rebasing: readBuffer[..<min(count, readBuffer.count)]))
    } else if isBroken && channel.connection.isSocket {
      channel.connection.fail(.endOfInput)
    }
  }

  private func take(signal: Int32) {
    if stopReason != nil { result = .signal(signal) }
    stop(.signal(signal))
  }

  // MARK: - The end

  func stop(_ reason: StopReason) {
    guard stopReason == nil else { return }
    stopReason = reason
    stopDeadline = now + limits.stopMilliseconds
    for listener in listeners { poller.forget(listener.descriptor) }
    listeners = []
    if let processWatch { poller.forget(processWatch.descriptor) }
    processWatch = nil
    for channel in channels.values {
      // There is nothing that a stranger could be owed.
      channel.connection.end(owesStrangers: false)
      touch(channel)
    }
  }

  private func finishStop(_ delegate: isolated some LoopDelegate) {
    guard let stopReason, result == nil else { return }
    if let stopDeadline, stopDeadline <= now {
      for channel in channels.values { remove(channel, .requested, delegate) }
    }
    if channels.isEmpty { result = stopReason }
  }

  /// What waits to be written may say what never happened. Closing without a word leaves every
  /// caller in the doubt that is the truth.
  private func abandonAll() {
    for channel in channels.values { forgetWatched(channel) }
    channels = [:]
    touched = []
    for listener in listeners { poller.forget(listener.descriptor) }
    listeners = []
  }

  // MARK: - Bookkeeping

  @discardableResult
  func addConnection(_ peer: Peer, input: ByteStream, output: ByteStream) -> Channel {
    let id = ConnectionID(rawValue: nextConnection)
    nextConnection += 1
    let connection = Connection(id: id, peer: peer, isSocket: input === output, limits: limits)
    let channel = Channel(connection, input: input, output: output)
    channels[id] = channel
    newlyOpened.append(channel)
    // Its turn begins with watching what it wants.
    touch(channel)
    return channel
  }

  func touch(_ channel: Channel) {
    if channel.isTouched { return }
    channel.isTouched = true
    touched.append(channel)
  }

  func leaveUnfinished(_ channel: Channel) {
    unfinished.append(channel)
  }
}

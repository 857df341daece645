import CampaignEngine
import Foundation
import Gateways
import JSONRPC

/// Forecasts that wait for the one before them: each keeps a core busy.
struct ForecastQueue {
  struct Entry {
    let job: JobToken
    let campaign: CampaignID
    let seeds: Int
    let simulator: SimulatorSettings
  }

  fileprivate var waiting: [Entry] = []
  fileprivate var running: (job: JobToken, stop: ForecastStop)?
  fileprivate static let longest = 4
}

extension OperationCenter {
  func requestForecast(
    of campaign: CampaignID, seeds: Int, simulator: SimulatorSettings
  ) throws -> JobStart<ForecastView> {
    guard forecasts.waiting.count < ForecastQueue.longest else {
      throw RPCError.overloaded(
        "\(ForecastQueue.longest) forecasts wait already; try again when one of them has ended.")
    }
    let job = newJob()
    forecasts.waiting.append(
      ForecastQueue.Entry(job: job, campaign: campaign, seeds: seeds, simulator: simulator))
    startForecast()
    return .later(job)
  }

  /// The state is copied by reference, chunk by chunk, and played on another thread while commands go
  /// on.
  private func startForecast() {
    guard forecasts.running == nil, !forecasts.waiting.isEmpty else { return }
    let entry = forecasts.waiting.removeFirst()
    let stop = ForecastStop()
    forecasts.running = (entry.job, stop)
    let forecast = Forecast(
      state: engine.state, asOf: asOf, campaign: entry.campaign, seeds: entry.seeds,
      simulator: entry.simulator, stop: stop)
    let post = configuration.post
    Thread.detachNewThread {
      let outcome = Result { try forecast.run() }
      post { self.assumeIsolated { $0.forecastEnded(entry.job, outcome) } }
    }
  }

  private func forecastEnded(_ job: JobToken, _ outcome: Result<ForecastView, any Error>) {
    forecasts.running = nil
    finish(job, with: outcome.mapError { Self.error($0, log: configuration.log) })
    startForecast()
  }

  /// One that runs ends soon, and what it has found is thrown away.
  func dropForecast(_ job: JobToken) {
    forecasts.waiting.removeAll { $0.job == job }
    if let running = forecasts.running, running.job == job { running.stop.set() }
  }

  private static func error(_ error: any Error, log: (String) -> Void) -> RPCError {
    if let error = error as? any RPCErrorConvertible { return error.rpcError }
    log("a forecast failed inside the service: \(error)")
    return .internalFault
  }
}

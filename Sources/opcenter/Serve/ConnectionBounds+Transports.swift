import CampaignEngine
import OperationCenterService
import Transports

extension ConnectionBounds {
  init(_ limits: TransportLimits) {
    self.init()
    (connections, connectionsPerAddress) = (limits.connections, limits.connectionsPerAddress)
    (requestsAtOnce, outputBytes) = (limits.requestsPerTurn, limits.outputBytes)
    slowBytes = limits.congestedBytes
    slowTime = TimeSpan(milliseconds: limits.congestedMilliseconds)
    frameTime = TimeSpan(milliseconds: limits.frameMilliseconds)
    frameBytesPerSecond = limits.frameBytesPerSecond
    strangerTime = TimeSpan(milliseconds: limits.strangerMilliseconds)
    strangerFrameBytes = limits.strangerFrameBytes
  }
}

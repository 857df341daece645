import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// What tests of subscriptions share: a concert, its guests, and a reader of its events.
protocol EventReading {}

extension EventReading {
  func service(_ events: EventLimits = EventLimits()) throws -> InProcessService {
    let service = try InProcessService(events: events)
    try prepare(service)
    return service
  }

  func prepare(_ service: InProcessService) throws {
    try service.call("sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    try service.call(
      "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
  }

  func addGuests(_ count: Int, _ service: InProcessService, first: Int = 0) throws {
    let rows = (first..<first + count).map {
      #"{"name": "Guest \#($0)", "phone": "+3519120\#(10000 + $0)"}"#
    }
    try service.call(
      "guest.import", #"{"project_id": "prj_1", "rows": [\#(rows.joined(separator: ","))]}"#)
  }

  func subscribe(
    _ service: InProcessService, _ params: String = "{}", on connection: UInt64 = 2
  ) throws -> UInt64 {
    try number(service.call("events.subscribe", params, on: connection)["sequence"])
  }

  func number(_ value: JSONValue?) throws -> UInt64 {
    guard case .number(let text)? = value, let number = UInt64(text) else {
      throw Fault("no number")
    }
    return number
  }

  func sequences(_ events: [JSONValue]) throws -> [UInt64] {
    try events.map { try number($0["sequence"]) }
  }

  /// All that there is to be told, in order, as `events.list` pages it.
  func all(_ service: InProcessService, limit: Int = 500, _ filter: String = "") throws
    -> [JSONValue]
  {
    var items: [JSONValue] = []
    var cursor = ""
    while true {
      let page = try service.call(
        "events.list", #"{"limit": \#(limit), "cursor": "\#(cursor)"\#(filter)}"#)
      guard case .array(let found)? = page["items"] else { throw Fault("no items") }
      items += found
      guard case .string(let next)? = page["next_cursor"] else { return items }
      cursor = next
    }
  }
}

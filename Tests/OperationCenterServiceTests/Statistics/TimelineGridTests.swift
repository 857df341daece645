import CampaignEngine
import Foundation
import ServiceTesting
import Testing

@testable import OperationCenterService

struct TimelineGridTests {
  private func grid(_ interval: TimeSpan, _ zone: String = "Europe/Lisbon") throws -> TimelineGrid {
    let around = time("2026-11-22T00:00:00.000Z")
    return TimelineGrid(
      interval: interval, zone: try #require(ZoneDatabase.rules(named: zone, around: around)))
  }

  private func start(_ text: String, in grid: TimelineGrid) -> String {
    grid.start(of: grid.number(of: time(text))).wireText
  }

  @Test func `intervals below a day are aligned in UTC`() throws {
    #expect(
      start("2026-07-01T10:59:59.999Z", in: try grid(.hours(1), "Asia/Kolkata"))
        == "2026-07-01T10:00:00.000Z")
    #expect(try grid(.hours(6), "Asia/Jakarta").zone.name == "UTC")
  }

  @Test func `days begin at midnight of the project's zone`() throws {
    let jakarta = try grid(.days(1), "Asia/Jakarta")
    #expect(start("2026-11-22T16:59:59.999Z", in: jakarta) == "2026-11-21T17:00:00.000Z")
    #expect(start("2026-11-22T17:00:00.000Z", in: jakarta) == "2026-11-22T17:00:00.000Z")
  }

  @Test func `a day on which the clocks change has another length`() throws {
    let lisbon = try grid(.days(1))
    let number = lisbon.number(of: time("2026-10-25T12:00:00.000Z"))
    #expect(lisbon.start(of: number).wireText == "2026-10-24T23:00:00.000Z")
    #expect(lisbon.start(of: number + 1).wireText == "2026-10-26T00:00:00.000Z")
  }

  @Test func `weeks begin on Mondays`() throws {
    let weeks = try grid(.days(7))
    #expect(start("2026-11-22T23:59:59.999Z", in: weeks) == "2026-11-16T00:00:00.000Z")
    #expect(start("2026-11-23T00:00:00.000Z", in: weeks) == "2026-11-23T00:00:00.000Z")
  }

  @Test(arguments: [1, 3, 7, 10] as [Int64])
  func `every moment lies in its own interval`(days: Int64) throws {
    let grid = try grid(.days(days))
    for hour in stride(from: Int64(0), to: 24 * 400, by: 7) {
      let moment = time("2026-02-01T00:30:00.000Z") + .hours(hour)
      let number = grid.number(of: moment)
      #expect(grid.start(of: number) <= moment)
      #expect(grid.start(of: number + 1) > moment)
    }
  }

  @Test func `an end that is the start of an interval does not reach into it`() throws {
    let grid = try grid(.hours(1))
    let from = time("2026-11-22T09:30:00.000Z")
    #expect(grid.count(from: from, to: time("2026-11-22T10:00:00.000Z")) == 1)
    #expect(grid.count(from: from, to: time("2026-11-22T10:00:00.001Z")) == 2)
  }
}

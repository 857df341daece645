import CampaignEngine
import JSONRPC
import Wire

struct GuestList: ServiceMethod {
  static let name = "guest.list"
  static let summary =
    "Lists the guests of a project that match a filter, in the order of their creation."
  static let isMutating = false
  static let errors = [ServiceError.notFound]

  struct Params: WireObject {
    var project = ProjectID.none
    var guestFilter = GuestFilter()
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("guest_filter", &guestFilter, "Which guests; all if absent.", .defaulted)
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<GuestView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<GuestView> {
    let project = try center.project(params.project)
    let predicate = GuestPredicate(params.guestFilter, symbols: project.symbols)
    let space = params.project.counter - 1
    return try params.paging.page(upTo: project.guests.count) { counter in
      let id = GuestID(space: space, counter: counter)
      guard predicate.matches(project.guests[counter], id: id), !predicate.excluded.contains(id)
      else {
        return nil
      }
      return GuestView(id, in: center)
    }
  }
}

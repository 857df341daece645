/// One new guest, by the rules of the import; but a row that an import would match is another guest
/// here, since a family may share a phone.
package struct CreateGuest: Command {
  package let project: ProjectID
  package let row: GuestRow
  /// The rules of the zone that the row names, if there is such a zone.
  package let zones: [ZoneRules]

  package init(project: ProjectID, row: GuestRow, zones: [ZoneRules]) {
    (self.project, self.row, self.zones) = (project, row, zones)
  }

  package func perform(in engine: inout Engine) throws(Rejection) -> ImportGuests.Item {
    guard let state = engine.state.find(project) else {
      throw .notFound(project)
    }
    let space = project.counter - 1
    var given = try read(state)
    if let externalID = given.profile.externalID, let other = state.guestsByExternalID[externalID] {
      let id = GuestID(space: space, counter: other)
      throw .conflict(
        "\(id.wireText) has this external_id already.", id: id.wireText,
        reason: "external_id_in_use")
    }
    do throws(RowFault) {
      let namesakes = ListInWork(space: space, in: engine.state)
        .namesakes(of: given.profile, space: space, in: engine.state)
      return try engine.create(&given, space: space, zones: zones, namesakes: namesakes)
    } catch {
      throw Rejection(error)
    }
  }

  private func read(_ project: ProjectState) throws(Rejection) -> GuestChanges {
    do throws(RowFault) {
      return try GuestRowReader(project: project.row, zones: zones)
        .read(row, symbols: project.symbols)
    } catch {
      throw Rejection(error)
    }
  }
}

extension Rejection {
  /// A value of a row that is a call of its own.
  init(_ fault: RowFault) {
    self =
      fault.reason == "limit_exceeded"
      ? .limitExceeded(
        fault.message.prefix(1).uppercased() + fault.message.dropFirst() + ".", reason: fault.field)
      : .invalidParams(field: "\(fault.field)", reason: fault.reason, fault.message)
  }
}

extension Engine {
  /// A campaign that may be treated so, or why not.
  func campaign(
    _ id: CampaignID, allows action: CampaignAction, done: String
  ) throws(Rejection) -> Campaign {
    guard let row = state.find(id) else { throw .notFound(id) }
    guard row.allowed.contains(action) else {
      throw .invalidState(
        id: id.wireText, action: action.rawValue, done: done, status: row.status.rawValue,
        allowed: row.allowed.map(\.rawValue))
    }
    return row
  }
}

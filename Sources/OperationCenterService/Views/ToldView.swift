import CampaignEngine
import Wire

/// Of an answer that no message brought: how it came, and who wrote it down.
package struct ToldView: WireObject {
  package var by = ToldChannel.phone
  package var writtenDownBy: String?

  package init() {}

  init(_ told: Told) { (by, writtenDownBy) = (told.channel, told.writtenDownBy) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("by", &by, "How it came.")
    try visit.field(
      "written_down_by", &writtenDownBy,
      "Name of the token of the operator who wrote it down; null where none was used.")
  }
}

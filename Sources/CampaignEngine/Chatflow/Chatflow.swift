/// A chatflow of a project: its name and its immutable versions. A campaign pins one when it starts.
package struct Chatflow: Sendable {
  package var name = ""
  package var versions: [ChatflowVersion] = []
  package var createdAt = Timestamp.zero
  /// Gone for everybody who asks; campaigns of the past keep showing its graph.
  package var isDeleted = false
}

package struct ChatflowVersion: Sendable {
  package let document: ChatflowDocument
  package let graph: ChatflowGraph
  /// Warnings only: an error refuses the version.
  package let issues: [ChatflowIssue]
  package let createdAt: Timestamp
}

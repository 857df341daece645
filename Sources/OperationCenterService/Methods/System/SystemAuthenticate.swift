import JSONRPC
import Wire

struct SystemAuthenticate: ServiceQuery {
  static let name = "system.authenticate"
  static let reach = ProjectReach.own
  static let summary = "Says who calls; the first call on a connection that needs a token."
  static let details = """
    Over TCP everything else is unauthenticated before it. Until then a message has at most 4 KiB, \
    requests come one by one and not in batches, and the connection is closed after 5 seconds. A \
    wrong token is answered after 250 milliseconds and closes the connection; after five of them \
    within a minute every answer to an address takes 10 seconds. A connection is authenticated once. \
    Where no token is asked for, over standard streams or with --no-token, any token is answered \
    with the rights of local, so that a client need not know.
    """
  static let capability: Capability? = nil
  static let errors = [ServiceError.unauthenticated, ServiceError.invalidState]
  static let examples = [
    MethodExample(
      name: "where no token is asked for",
      params: #"{"token":"5f0c6d1b7e"}"#,
      result: #"{"name":"local","capabilities":["query","operate","ingest","administer"]}"#)
  ]

  struct Params: WireObject {
    var token = ""

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "token", &token, "As the service's token file or opcenter token create gives it.",
        .length(1...1024))
    }
  }

  typealias Output = Caller

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Caller {
    try center.authenticate(params.token)
  }
}

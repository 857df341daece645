#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The token that a command shows to the service. It is read anew for each connection: a service
/// that was started again has another.
struct ClientToken {
  static let variable = "OPCENTER_TOKEN_FILE"
  static let option = CommandDeclaration.Option.value(
    "token-file", "FILE", "Where the service's token is, such as DIR/token of its --data DIR.",
    standard: "the file that \(variable) names, if any")

  private let path: String?

  init(_ arguments: Arguments) {
    let variable = getenv(Self.variable).map { String(cString: $0) }
    path = arguments.value("token-file") ?? (variable?.isEmpty == true ? nil : variable)
  }

  func read() throws -> String? {
    guard let path else { return nil }
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let token = text[...].utf8.trimmed
    guard !token.isEmpty else { throw Refusal(message: "\(path) holds no token") }
    return token
  }
}

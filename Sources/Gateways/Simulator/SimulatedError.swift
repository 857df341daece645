import CampaignEngine

/// The errors that simulated WhatsApp gives, in WhatsApp's own words where they are short.
enum SimulatedError {
  static let unknown: Int64 = 131000
  static let unavailable: Int64 = 131016
  static let parameterMissing: Int64 = 131008
  static let parameterInvalid: Int64 = 131009
  static let recipientIsSender: Int64 = 131021
  static let undeliverable: Int64 = 131026
  static let windowClosed: Int64 = 131047
  static let marketingCap: Int64 = 131049
  static let templateParameters: Int64 = 132018

  static func error(_ code: Int64) -> MessageError {
    MessageError(ErrorClassifier.errorClass(code: code), code: code, message: title(code))
  }

  private static func title(_ code: Int64) -> String {
    switch code {
    case unknown: "Something went wrong."
    case unavailable: "Service unavailable."
    case parameterMissing: "Required parameter is missing."
    case parameterInvalid: "Parameter value is not valid."
    case recipientIsSender: "Recipient cannot be sender."
    case undeliverable: "Message undeliverable."
    case windowClosed: "More than 24 hours have passed since the customer last replied."
    case marketingCap: "Not delivered to maintain healthy ecosystem engagement."
    case templateParameters: "There is an issue with the parameters in the template."
    default: "Error \(code)."
    }
  }
}

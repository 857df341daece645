import CampaignEngine
import Testing

import Gateways

/// Meta's list of error codes, row by row, with what the engine shall do about each.
private let table: [(codes: [Int64], errorClass: ErrorClass)] = [
  // Token and permissions.
  ([0, 3, 10, 104, 190, 200, 217, 299, 131005], .senderStop),
  // The number or its account.
  ([33, 368, 131031, 131037, 131042, 131044, 131045, 131048, 131064], .senderStop),
  ([133000, 133005, 133006, 133008, 133009, 133010, 133016, 134011], .senderStop),
  ([1, 2, 131000, 131016, 131053, 131057, 133004, 133015, 134101, 2_494_100], .transient),
  ([4, 613, 80007, 130429], .throttle), ([131056], .pairThrottle), ([132069], .transient),
  ([130472, 131049], .defer),
  ([131047], .window),
  ([131050], .optOut),
  ([130403, 130497, 131021, 131026], .recipient),
  ([131063, 132000, 132001, 132007, 132012, 132015, 132016, 132068, 134102], .templateStop),
  ([100, 131008, 131009, 131014, 131020, 131030, 131041, 131051, 131052, 131055], .payload),
  ([131059, 131062, 131208, 132005, 132008, 132018, 134100, 135000, 137000], .payload),
  ([138000, 139001, 147000, 2_388_019, 2_388_040, 2_388_299], .payload),
]

@Suite struct ErrorClassifierTests {
  @Test(arguments: table.flatMap { row in row.codes.map { ($0, row.errorClass) } })
  func `a listed code has its class, whatever the status says`(
    code: Int64, errorClass: ErrorClass
  ) {
    #expect(ErrorClassifier.errorClass(code: code) == errorClass)
    #expect(
      ErrorClassifier.errorClass(code: code, httpStatus: 500, isTransient: true) == errorClass)
  }

  @Test(
    arguments: [
      (401, false, .senderStop), (429, false, .throttle), (500, false, .transient),
      (503, false, .transient), (400, true, .transient), (nil, true, .transient),
      (400, false, .payload), (403, false, .payload), (nil, false, .payload),
      (200, false, .payload),
    ] as [(Int?, Bool, ErrorClass)])
  func `an unlisted code goes by the status and by what the answer says`(
    httpStatus: Int?, isTransient: Bool, errorClass: ErrorClass
  ) {
    for code: Int64 in [136_000, 131_001, -1, 5, .max, .min] {
      #expect(
        ErrorClassifier.errorClass(code: code, httpStatus: httpStatus, isTransient: isTransient)
          == errorClass)
    }
  }

  @Test(arguments: [1, 131_000] as [Int64], [nil, 400, 500, 503] as [Int?])
  func `an unknown error with a status of 5xx proves nothing, any other was not accepted`(
    code: Int64, status: Int?
  ) {
    let outcome = ReportAttempt.Outcome(graphError: code, message: "x", httpStatus: status)
    let isUnknown = if case .unknown = outcome { true } else { false }
    #expect(isUnknown == (status ?? 0 >= 500))
  }

  @Test func `every other error object says that it was not accepted, whatever the status`() {
    for row in table {
      for code in row.codes where code != 1 && code != 131_000 {
        let outcome = ReportAttempt.Outcome(graphError: code, message: "x", httpStatus: 503)
        let isRefused = if case .refused = outcome { true } else { false }
        #expect(isRefused, "\(code)")
      }
    }
  }

  @Test(
    arguments: [
      (200, nil), (302, nil), (408, nil), (500, nil), (502, nil), (400, .payload),
      (401, .senderStop), (404, .payload), (429, .throttle),
    ] as [(Int, ErrorClass?)])
  func `an answer without an error object proves something only where the request was refused`(
    status: Int, errorClass: ErrorClass?
  ) {
    var found: ErrorClass?
    if case .refused(let error, _) = ReportAttempt.Outcome(httpStatus: status) {
      found = error.errorClass
    }
    #expect(found == errorClass)
  }
}

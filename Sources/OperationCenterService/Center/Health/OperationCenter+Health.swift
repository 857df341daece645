/// Whether anything is wrong. Every check reads what is kept anyway, so that asking often costs nothing:
/// none walks over guests, messages or executions.
extension OperationCenter {
  /// All of them, always, in their order.
  var healthChecks: [HealthCheck] {
    HealthCheckName.allCases.map { HealthCheck($0, finding(of: $0)) }
  }

  private func finding(of name: HealthCheckName) -> HealthFinding {
    switch name {
    case .storage: storageFinding()
    case .journal: journalFinding()
    case .snapshot: snapshotFinding()
    case .erasure: erasureFinding()
    case .clock: clockFinding()
    case .work: workFinding()
    case .outcomes: outcomesFinding()
    case .attention: attentionFinding()
    case .templates: templatesFinding()
    case .senders: sendersFinding()
    case .readers: readersFinding()
    }
  }
}

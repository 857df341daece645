import JSONRPC

extension MethodRegistry<OperationCenter> {
  /// Every method, in the order in which schema and help show them.
  package static let all = MethodRegistry<OperationCenter>([
    .method(SenderCreate.self), .method(SenderGet.self), .method(SenderList.self),
    .method(ProjectCreate.self), .method(ProjectGet.self), .method(ProjectList.self),
    .method(GuestImport.self), .method(GuestGet.self), .method(GuestList.self),
    .method(GuestUpdate.self), .method(GuestPreview.self),
    .method(TemplateCreate.self), .method(TemplateList.self),
    .method(ChatflowCreate.self), .method(ChatflowValidate.self), .method(ChatflowGet.self),
    .method(ChatflowList.self), .method(ChatflowUpdate.self),
    .method(CampaignCreate.self), .method(CampaignGet.self), .method(CampaignList.self),
    .method(CampaignStart.self), .method(CampaignPause.self), .method(CampaignResume.self),
    .method(CampaignCancel.self), .method(CampaignStats.self), .method(CampaignUpdate.self),
    .method(CampaignDelete.self), .method(CampaignScheduling.self),
    .method(CampaignUnschedule.self), .method(CampaignDuplicate.self),
    .method(CampaignAddGuests.self), .method(CampaignCheck.self), .method(CampaignTest.self),
    .method(CampaignMigrate.self), .method(CampaignResults.self), .job(CampaignForecast.self),
    .method(ExecutionList.self), .method(ExecutionGet.self), .method(ExecutionHistory.self),
    .method(ExecutionRetry.self), .method(ExecutionPause.self), .method(ExecutionResume.self),
    .method(ExecutionCancel.self), .method(ExecutionReset.self),
    .method(ExecutionBulkRetry.self), .method(ExecutionBulkPause.self),
    .method(ExecutionBulkResume.self), .method(ExecutionBulkCancel.self), .method(BulkGet.self),
    .method(MessageList.self), .method(MessageGet.self), .method(MessageReceive.self),
    .method(MessageReportStatus.self), .method(MessageSend.self), .method(MessageRoute.self),
    .method(MessageResolve.self), .method(OutboxClaim.self), .method(OutboxReport.self),
    .method(SessionGet.self), .method(SessionList.self), .method(SessionPending.self),
    .method(SessionFlush.self),
    .method(ReminderCreate.self), .method(ReminderList.self), .method(ReminderGet.self),
    .method(ReminderUpdate.self), .method(ReminderCancel.self), .method(ReminderSendNow.self),
    .method(StatsCampaign.self), .method(StatsProject.self), .method(StatsMessages.self),
    .method(StatsRSVP.self), .method(StatsFunnel.self), .method(StatsCost.self),
    .method(StatsTimeline.self),
    .method(EventsList.self), .method(EventsSubscribe.self), .method(EventsUnsubscribe.self),
    .method(SystemPing.self), .method(SystemInfo.self), .job(SystemSnapshot.self),
    .method(SystemShutdown.self), .method(RPCDiscover.self),
  ])
}

import Testing

import CampaignEngine

struct HiddenNamesTests {
  @Test(
    arguments: [
      (["Ann", "Anna Rao"], "Ann, Anna Rao and Anna", "[…], […] and Anna"),
      (["Arjun"], "1. Meera\n2. Arjun\n3. Arjuna", "1. Meera\n2. […]\n3. Arjuna"),
      (["मीरा"], "मीरा और अर्जुन", "[…] और अर्जुन"), ([""], "Nobody", "Nobody"), ([], "Ann", "Ann"),
      (["Ann"], "AnnAnn Ann", "AnnAnn […]"),
    ] as [([String], String, String)])
  func `a name is hidden where it stands as a whole`(
    names: [String], text: String, expected: String
  ) {
    #expect(HiddenNames(names).hide(in: text) == expected)
  }

  @Test(arguments: [false, true])
  func `erasing a member removes the name from all that is stored of the household`(
    isAnotherSpeaker: Bool
  ) throws {
    let harness = try EngineHarness.wedding()
    let phone = "+6281230000201"
    let meera = try harness.guest("Meera", phone: phone)
    let arjun = try harness.guest("Arjun", phone: phone)
    let document = try flow(
      #"""
      {"id": "ask", "type": "send_template", "data": {"template": "rsvp_reminder",
        "parameters": {"guest_name": "{{household.names}}"},
        "buttons": [{"handle": "yes"}, {"handle": "no"}]}},
      {"id": "wait", "type": "wait_reply", "data": {"timeout": "20h", "save_as": "answer",
        "replies": [{"handle": "yes", "title": {"*": "Yes"}}, {"handle": "no", "title": {"*": "No"}}]}},
      \#(replyEnds)
      """#,
      """
      start > ask, ask > wait, wait:yes > yes, wait:no > no, wait:timeout > timeout, wait:default > default
      """)
    let campaign = try harness.started(document) { $0.settings.household = .together }
    try harness.settle()
    try harness.write("Only Arjun will come", from: meera)
    let execution = try harness.execution(of: meera, in: campaign)
    #expect(harness.variable("answer_text", of: execution) == "Only Arjun will come")
    if isAnotherSpeaker {
      // Somebody else speaks for him by now, and what was written before still names him.
      var profile = GuestProfile()
      profile.phone = Phone(number: 6_281_230_000_202)
      try harness.perform(
        UpdateGuest(
          guest: arjun, profile: profile, rsvp: nil, attendingCount: nil, subscription: nil,
          zone: nil))
    }
    try harness.perform(EraseGuest(guest: arjun, sequence: 1))
    try harness.restart(fromSnapshot: true)
    let stored = harness.state.messages(of: execution).map { harness.state[$0].content }
    #expect(stored.allSatisfy { !($0.text + $0.values.joined()).contains("Arjun") })
    #expect(stored.contains { $0.values.first == "Meera and […]" })
    #expect(harness.variable("answer_text", of: execution) == "Only […] will come")
  }
}

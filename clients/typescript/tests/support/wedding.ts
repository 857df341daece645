import type { Client, types } from "operation-center";

/** A project with guests and a chatflow that asks them, ready to make campaigns. */
export interface Wedding {
  readonly sender: types.SenderId;
  readonly project: types.ProjectId;
  readonly chatflow: types.ChatflowId;
}

/** Makes one with so many guests. */
export async function wedding(client: Client, guests: number): Promise<Wedding> {
  const { id: sender } = await client.senders.create({ name: "Weddings", phone: "+6281100000001" });
  const { id: project } = await client.projects.create({
    sender_id: sender, name: "Anjali and Bima", time_zone: "Asia/Jakarta",
    calling_code: "62", languages: ["en"],
  });
  await client.templates.create({
    project_id: project, name: "invite", category: "marketing",
    variants: [{
      language: "en", status: "approved", body: "Will you come?",
      buttons: [{ handle: "yes", title: "Yes" }, { handle: "no", title: "No" }],
    }],
  });
  if (guests > 0) {
    const rows = Array.from({ length: guests }, (_, index) => ({
      name: `Guest ${index}`, phone: `0812${30000000 + index}`, category: "family",
    }));
    await client.guests.import({ project_id: project, rows });
  }
  const { id: chatflow } = await client.chatflows.create({
    project_id: project, name: "Ask",
    nodes: [
      { id: "start", type: "trigger", data: {} },
      {
        id: "invite", type: "send_template",
        data: { template: "invite", buttons: [{ handle: "yes" }, { handle: "no" }] },
      },
      {
        id: "answer", type: "wait_reply",
        data: {
          timeout: "2h",
          replies: [
            { handle: "yes", title: { "*": "Yes" }, keywords: ["yes"] },
            { handle: "no", title: { "*": "No" }, keywords: ["no"] },
          ],
        },
      },
      { id: "end", type: "end", data: { outcome: "asked" } },
    ],
    edges: [
      { source: "start", target: "invite" },
      { source: "invite", target: "answer" },
      ...["yes", "no", "timeout"].map((handle) =>
        ({ source: "answer", sourceHandle: handle, target: "end" })),
    ],
  });
  return { sender, project, chatflow };
}

/** A campaign that has not started. */
export async function draft(
  client: Client,
  wedding: Wedding,
  name: string,
): Promise<types.CampaignId> {
  const campaign = await client.campaigns.create({
    project_id: wedding.project, chatflow_id: wedding.chatflow, name,
  });
  return campaign.id;
}

/**
 * From nothing to a finished campaign: a dozen guests are invited, and every answer is shown as it
 * comes.
 *
 *     cd clients/typescript && npm run build
 *     cd ../tutorials && npm install && npm run wedding
 *
 * The program `opcenter` must be on the path.
 */
import { readFile } from "node:fs/promises";

import { childProcess, connect, isEvent } from "operation-center/node";
import type { types } from "operation-center/node";

interface Sample {
  readonly nodes: types.ChatflowNode[];
  readonly edges: types.ChatflowEdge[];
  readonly templates: Omit<types.TemplateCreateParams, "project_id">[];
}

const guestList: types.GuestRow[] = [
  { name: "Sari", phone: "0812-3000-0071", category: "family", party_size: 2 },
  { name: "Meera", phone: "+91 98123 00045", category: "family", party_size: 4 },
  { name: "Uncle Raj", phone: "98123", category: "family" },
  { name: "Budi", phone: "(0812) 3000 0073", category: "friends" },
  { name: "Dewi", phone: "0812 3000 0074", category: "friends", party_size: 3 },
  { name: "Chloé", phone: "+44 7700 900164", category: "friends", party_size: 2 },
  { name: "Agus", phone: "0812-3000-0076", category: "vip", party_size: 2 },
  { name: "Kavita", phone: "+91 98123 00047", category: "vip", party_size: 3 },
  { name: "Agus, again", phone: "0812-3000-0076", category: "vip" },
  { name: "Wayan", phone: "0812-3000-0078", category: "vip" },
  { name: "Renée", phone: "+1 303 555 0139", category: "vip", party_size: 2 },
  { name: "Putri", phone: "0812-3000-0080", category: "vip", party_size: 5 },
];

// A service of our own, that ends with the client. It keeps nothing; with `--data DIR` it would keep
// everything. Its clock is ours: it begins in November, and a day passes in a second. The gateway of
// a sender is a simulator unless you say otherwise, so nobody gets a message; the seed decides what
// its guests do.
const client = await connect(childProcess({
  arguments: [
    "serve", "--stdio", "--clock-start", "2026-11-01T03:00:00Z", "--clock-rate", "86400",
    "--simulator", "punctual.json", "--seed", "7",
  ],
}));
try {
  console.log("1. The service");
  console.log(`${(await client.system.info()).name} answers.`);

  console.log("2. The sender and the project");
  // A sender is a business number. A project is one wedding; all else hangs on it. The calling code
  // completes numbers that are written without one.
  const sender = await client.senders.create({
    name: "Weddings Jakarta", phone: "+6281100000001",
  });
  const project = await client.projects.create({
    sender_id: sender.id, name: "Wedding of Anjali and Bima",
    time_zone: "Asia/Jakarta", calling_code: "62", languages: ["en"],
    events: [{ key: "wedding", name: "Wedding", starts_at: "2026-12-12T03:00:00.000Z" }],
    fields: { card_url: "https://cards.example/anjali-and-bima.jpg" },
  });
  console.log(`${project.name} is ${project.id}, and ${sender.name} writes for it.`);

  console.log("3. The templates");
  // Whoever has not written within a day gets only texts that WhatsApp has approved. Here they are
  // recorded with their approval; `template.sync` takes over those of a real account.
  const sample = JSON.parse(
    await readFile("../samples/rsvp.chatflow.json", "utf8")) as Sample;
  for (const template of sample.templates) {
    const { name, variants } = await client.templates.create({
      ...template, project_id: project.id,
    });
    console.log(`${name}: ${variants.map((each) => `${each.language} ${each.status}`).join(", ")}`);
  }

  console.log("4. The guests");
  // Numbers may be written as people write them. A row that cannot be used is refused alone.
  const { counts, items } = await client.guests.import({
    project_id: project.id, rows: guestList,
  });
  console.log(`${counts.created} guests, ${counts.refused} refused:`);
  for (const { error } of items) if (error) console.log(`  ${error.path}: ${error.message}`);
  const names = new Map(items.map((item) => [item.guest_id, guestList[item.row]?.name]));

  console.log("5. The chatflow");
  // The way of every guest: an invitation with three buttons, a form for those who come, a reminder
  // for those who cannot say yet. One guest's walk through it is an execution. An error in the graph
  // would refuse it, a warning is advice.
  const graph = { project_id: project.id, nodes: sample.nodes, edges: sample.edges };
  for (const issue of (await client.chatflows.validate(graph)).issues) {
    console.log(`${issue.severity} at ${issue.node}: ${issue.message}`);
  }
  const chatflow = await client.chatflows.create({ ...graph, name: "RSVP" });

  console.log("6. The campaign, before it starts");
  // A campaign is one chatflow for the guests that a filter matches, here for all. The check finds
  // what would stop the start, the preview who would be left out.
  const campaign = await client.campaigns.create({
    project_id: project.id, chatflow_id: chatflow.id, name: "Invitations",
  });
  const { ready, issues } = await client.campaigns.check({ campaign_id: campaign.id });
  console.log(`ready: ${ready}`);
  // Those with a node are those of the chatflow.
  for (const { severity, node, message } of issues) {
    if (node === null) console.log(`${severity}: ${message}`);
  }
  const preview = await client.guests.preview({
    project_id: project.id, chatflow_id: chatflow.id,
  });
  console.log(`${preview.eligible} of ${preview.matched} can be invited`);
  for (const { guest, reasons } of preview.items) {
    for (const reason of reasons) console.log(`  ${guest.name}: ${reason.code}`);
  }

  console.log("7. The campaign, while it goes");
  // `follow` asks at once, so what is called after it is followed. Nothing starts if the number of
  // guests has changed since it was shown.
  const events = client.follow({
    campaign_id: campaign.id, kinds: ["guest_updated", "campaign_status_changed"],
  });
  await client.campaigns.start({
    campaign_id: campaign.id, expected_eligible: preview.eligible,
  });
  for await (const event of events) {
    if (isEvent(event, "guest_updated")) {
      const rsvp = event.data.changed["rsvp"];
      if (rsvp) console.log(`${names.get(event.guest_id)}: ${rsvp.from} → ${rsvp.to}`);
    } else {
      console.log(`the campaign: ${event.data.from} → ${event.data.to}`);
      if (event.data.to === "completed") break;
    }
  }

  console.log("8. What came of it");
  // How many guests entered each step, and how many went on.
  const { funnel, rsvp } = await client.stats.campaign({ campaign_id: campaign.id });
  for (const { node_id, entered, passed } of funnel) {
    console.log(`${node_id}: ${entered} entered, ${passed} passed`);
  }
  console.log(`${rsvp.heads.attending} of ${rsvp.heads.invited} people come.`);

  console.log("9. Who answered what");
  // `for await` over a list gets every page of it. The variables are what the flow has saved.
  for await (const result of client.campaigns.results({ campaign_id: campaign.id })) {
    console.log(`${result.guest.name}: ${result.outcome ?? result.reason}`, result.variables);
  }
} finally {
  await client.close();
}

#!/usr/bin/env bash
# From nothing to a finished campaign with nothing but `nc`: what stands on the wire.
#
#     clients/tutorials/wedding-nc.sh
#
# The programs `opcenter`, `nc` and `jq` must be on the path. What `jq` does here is to cut requests
# out of the sample, and to make answers shorter.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
service=

clean_up() {
  if [ -n "$service" ]; then { kill "$service" && wait "$service"; } 2>/dev/null || true; fi
  rm -rf "$work"
}
trap clean_up EXIT

echo "1. The service"
# It listens on a free port of this machine, and says in its log on which. Its clock is ours: it
# begins in November, and a day passes in a second. The gateway of a sender is a simulator unless you
# say otherwise, so nobody gets a message; the seed decides what its guests do.
exec 3< <(exec opcenter serve --listen 127.0.0.1:0 --data "$work/wedding" \
  --clock-start 2026-11-01T03:00:00Z --clock-rate 86400 \
  --simulator clients/tutorials/punctual.json --seed 7 2>&1)
service=$!
while read -r line <&3 && [[ $line != *'listening on '* ]]; do echo "$line" >&2; done
port=$(jq -r '.message | split(":")[-1]' <<<"$line")
[[ $port ]] # Or it did not start, and its log says why.
coproc wire { exec nc 127.0.0.1 "$port"; }
echo "It listens."

echo "2. The token"
# A request is one line of JSON with a number, and its answer a line with the same number. Lines
# without a number may come between: they tell of events, once somebody asks for them. The first
# request shows the token that the service has left in its folder; everything else is refused before.
number=0
ask() { # METHOD PARAMS: leaves the answer's line in `answer`.
  number=$((number + 1)) answer=
  printf '{"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}\n' \
    "$number" "$1" "${2//$'\n'/}" >&"${wire[1]}"
  until [[ $answer == "{\"jsonrpc\":\"2.0\",\"id\":$number,"* ]]; do
    read -r answer <&"${wire[0]}"
  done
  if [[ $answer == *'"error":{"code":'* ]]; then echo "$answer" >&2 && return 1; fi
}
ask system.authenticate "[\"$(cat "$work/wedding/token")\"]"
echo "$answer"

echo "3. The sender and the project"
# A sender is a business number. A project is one wedding; all else hangs on it. Each thing is given
# an identifier; in a new folder they count from 1.
ask sender.create '{"name":"Weddings Jakarta","phone":"+6281100000001"}'
jq -c '.result | {id, name, gateway}' <<<"$answer"
ask project.create '{"sender_id":"snd_1","name":"Wedding of Anjali and Bima",
  "time_zone":"Asia/Jakarta","calling_code":"62","languages":["en"],
  "events":[{"key":"wedding","name":"Wedding","starts_at":"2026-12-12T03:00:00.000Z"}],
  "fields":{"card_url":"https://cards.example/anjali-and-bima.jpg"}}'
jq -c '.result | {id, name}' <<<"$answer"

echo "4. The templates"
# Whoever has not written within a day gets only texts that WhatsApp has approved. Here they are
# recorded with their approval; template.sync takes over those of a real account.
flow=clients/samples/rsvp.chatflow.json
while read -r template; do
  ask template.create "$template"
  jq -c '.result | {id, name, category}' <<<"$answer"
done < <(jq -c '.templates[] + {project_id: "prj_1"}' "$flow")

echo "5. The guests"
# Numbers may be written as people write them. A row that cannot be used is refused alone.
ask guest.import '{"project_id":"prj_1","rows":[
  {"name":"Sari","phone":"0812-3000-0071","party_size":2},
  {"name":"Meera","phone":"+91 98123 00045","party_size":4},
  {"name":"Uncle Raj","phone":"98123"},
  {"name":"Budi","phone":"(0812) 3000 0073"},
  {"name":"Dewi","phone":"0812 3000 0074","party_size":3},
  {"name":"Chloé","phone":"+44 7700 900164","party_size":2}]}'
jq -c '.result | .counts, (.items[] | select(.error) | .error)' <<<"$answer"

echo "6. The chatflow"
# The way of every guest: an invitation with three buttons, a form for those who come, a reminder
# for those who cannot say yet. One guest's walk through it is an execution. An error in the graph
# would refuse it, a warning is advice.
graph=$(jq -c '{project_id: "prj_1", name, nodes, edges}' "$flow")
ask chatflow.validate "$graph"
jq -c '.result | .valid, (.issues[] | [.severity, .node, .message])' <<<"$answer"
ask chatflow.create "$graph"
jq -c '.result | {id, version, counts}' <<<"$answer"

echo "7. The campaign, before it starts"
# A campaign is one chatflow for the guests that a filter matches, here for all. The check finds what
# would stop the start, the preview who would be left out.
ask campaign.create '{"project_id":"prj_1","chatflow_id":"flw_1","name":"Invitations"}'
jq -c '.result | {id, status, allowed}' <<<"$answer"
ask campaign.check '{"campaign_id":"cmp_1"}'
jq -c '.result | {ready, audience}' <<<"$answer"
ask guest.preview '{"project_id":"prj_1","chatflow_id":"flw_1"}'
jq -c '.result | {matched, eligible, heads, left_out}' <<<"$answer"

echo "8. The campaign, while it goes"
# From now on this connection is told what becomes of guests and of the campaign. Nothing starts if
# the number of guests has changed since it was shown. Each line that comes is an event; of what is
# personal it has only the names. The sequence in it is where to go on after a lost connection.
ask events.subscribe '{"campaign_id":"cmp_1","kinds":["guest_updated","campaign_status_changed"]}'
jq -c '.result.subscription_id' <<<"$answer"
ask campaign.start '{"campaign_id":"cmp_1","expected_eligible":5}'
jq -c '.result | {id, status}' <<<"$answer"
until [[ $line == *'"to":"completed"'* ]]; do
  read -r line <&"${wire[0]}"
  jq -c '.params | [.kind, .guest_id, .data.changed // .data.to, (.data.hidden // empty)]' <<<"$line"
done

echo "9. What came of it"
# How many guests entered each step, how many went on, and what they answered.
ask stats.campaign '{"campaign_id":"cmp_1"}'
jq -c '.result | (.funnel[] | select(.entered > 0) | [.node_id, .entered, .passed]), .rsvp' \
  <<<"$answer"
ask campaign.results '{"campaign_id":"cmp_1"}'
jq -c '.result.items[] | [.guest.name, .outcome, .variables]' <<<"$answer"

echo "10. The end"
# The service answers what it has read, and ends; with it ends nc.
ask system.shutdown '{}'
echo "$answer"
wait "$service"
service=

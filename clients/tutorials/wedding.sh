#!/usr/bin/env bash
# From nothing to a finished campaign with `opcenter call`: 500 guests are invited, and answer.
#
#     clients/tutorials/wedding.sh
#
# The programs `opcenter` and `jq` must be on the path.
set -euo pipefail
cd "$(dirname "$0")/../.."
flow=clients/samples/rsvp.chatflow.json
work=$(mktemp -d)
data=$work/wedding
service=

clean_up() {
  if [ -n "$service" ]; then { kill "$service" && wait "$service"; } 2>/dev/null || true; fi
  rm -rf "$work"
}
trap clean_up EXIT

echo "1. The service"
# It listens on a free port of this machine, keeps everything in a folder, and says in its log where
# it listens. Its clock is ours: it begins in November, and a day passes in a second. The gateway of
# a sender is a simulator unless you say otherwise, so nobody gets a message; the seed decides what
# its guests do.
exec 3< <(exec opcenter serve --listen 127.0.0.1:0 --data "$data" \
  --clock-start 2026-11-01T03:00:00Z --clock-rate 86400 \
  --simulator clients/tutorials/punctual.json --seed 7 2>&1)
service=$!
while read -r line <&3 && [[ $line != *'listening on '* ]]; do echo "$line" >&2; done
address=$(jq -r '.message | ltrimstr("listening on ")' <<<"$line")
[[ $address == 127.0.0.1:* ]] # Or it did not start, and its log says why.
echo "It listens."

echo "2. The tokens"
# Whoever connects shows a token. The service has left one that opens everything in its folder, new
# at each start. Others get one of their own, which may do less: here one that only looks.
export OPCENTER_TOKEN_FILE=$data/token
(umask 077 && opcenter token create dashboard --data "$data" --allow query >"$work/dashboard")
call() { # METHOD [PARAMS] [OPTIONS]: prints the result; a refusal goes to standard error.
  local answer
  answer=$(opcenter call "$@" --connect "$address") || { echo "$answer" >&2 && return 1; }
  echo "$answer"
}
json() { jq -nc '$ARGS.named' "$@"; } # --arg NAME VALUE…: {"NAME": "VALUE", …}
call system.shutdown --token-file "$work/dashboard" 2>&1 | jq -r .message || true

echo "3. The sender and the project"
# A sender is a business number. A project is one wedding; all else hangs on it. The sample has both,
# and a project only needs to know which number writes for it.
sender=$(call sender.create "$(jq .sender "$flow")" | jq -r .id)
project=$(jq --arg sender "$sender" '.project + {sender_id: $sender}' "$flow" |
  call project.create - | jq -r .id)
echo "$project, for which $sender writes"

echo "4. The templates"
# Whoever has not written within a day gets only texts that WhatsApp has approved. Here they are
# recorded with their approval; template.sync takes over those of a real account.
jq -c --arg project "$project" '.templates[] + {project_id: $project}' "$flow" |
  while read -r template; do
    call template.create "$template" |
      jq -r '"\(.name): \([.variants[] | "\(.language) \(.status)"] | join(", "))"'
  done

echo "5. The guests"
# A list as people keep it. The service reads the numbers and says of each row what became of it:
# one that cannot be used is refused alone.
call guest.import "$(json --arg project_id "$project")" --csv clients/samples/guests.csv \
  >"$work/import"
jq -r '"\(.counts.created) guests, \(.counts.refused) rows refused:"' "$work/import"
jq -r '.refused_rows[:3][] | "  line \(.line): \(.message)"' "$work/import"

echo "6. The chatflow"
# The way of every guest: an invitation with three buttons, a form for those who come, a reminder
# for those who cannot say yet. One guest's walk through it is an execution. An error in the graph
# would refuse it, a warning is advice.
jq --arg project "$project" '{project_id: $project, name, nodes, edges}' "$flow" >"$work/chatflow"
call chatflow.validate - <"$work/chatflow" |
  jq -r '.issues[] | "\(.severity) at \(.node): \(.message)"'
chatflow=$(call chatflow.create - <"$work/chatflow" | jq -r .id)

echo "7. The campaign, before it starts"
# A campaign is one chatflow for the guests that a filter matches, here for all. The check finds what
# would stop the start, the preview who would be left out.
campaign=$(json --arg project_id "$project" --arg chatflow_id "$chatflow" --arg name Invitations |
  call campaign.create - | jq -r .id)
call campaign.check "$(json --arg campaign_id "$campaign")" | jq -r '"ready: \(.ready)"'
preview=$(json --arg project_id "$project" --arg chatflow_id "$chatflow" | call guest.preview -)
jq -r '"\(.eligible) of \(.matched) can be invited, left out: \(.left_out)"' <<<"$preview"

echo "8. The campaign, while it goes"
# Nothing starts if the number of guests has changed since it was shown. On a terminal
# `opcenter watch` draws a picture that moves; for programs it prints every event as JSON.
jq --arg campaign "$campaign" '{campaign_id: $campaign, expected_eligible: .eligible}' \
  <<<"$preview" | call campaign.start - | jq -r .status
opcenter watch "$campaign" --connect "$address" --token-file "$work/dashboard" --json |
  jq -r 'select(.event.kind == "campaign_status_changed").event.data.to'

echo "9. What came of it"
# The last picture: how many guests entered each step, and how many went on.
opcenter watch "$campaign" --connect "$address" --token-file "$work/dashboard" --once |
  sed -n '/^node/,$p'
call stats.rsvp "$(json --arg campaign_id "$campaign")" |
  jq -r '.events[0] | "\(.guests)", "\(.heads.attending) of \(.heads.invited) people come."'

echo "10. Who comes"
# Any list can be narrowed by a condition; the form has saved the menu as a field of the guest. What
# came of everybody is a table of one line a guest.
jq -n --arg project "$project" '{project_id: $project,
  guest_filter: {query: "category = vip AND rsvp = attending AND fields.menu = veg"}}' |
  call guest.list - | jq -r '.items[] | "\(.name): \(.attending_count)"'
opcenter export "$campaign" --connect "$address" --out "$work/answers.csv"
head -n 1 "$work/answers.csv" | cut -d , -f 1-10

echo "11. The end"
# The service answers what it has read, and ends. What it leaves in its folder is checked from the
# first byte to the last sum, and is all that a next start needs.
call system.shutdown | jq -c .
wait "$service"
service=
opcenter verify "$data" | tail -n 1

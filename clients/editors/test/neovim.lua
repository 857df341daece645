-- What somebody sees who edits chatflows in Neovim. Run by .ci/steps/editors from the repository's
-- root, with the program in $OPCENTER.
vim.opt.runtimepath:prepend("clients/editors/neovim")
local opcenter = dofile("clients/editors/neovim/opcenter.lua")
local sample = table.concat(vim.fn.readfile("clients/samples/rsvp.chatflow.json"), "\n")
local said, shown = {}, 0
vim.notify = function(text) table.insert(said, text) end
opcenter.setup({ command = { vim.env.OPCENTER, "serve", "--stdio", "--memory" } })
vim.api.nvim_create_autocmd("DiagnosticChanged", { callback = function() shown = shown + 1 end })

-- Counts the services, so that a test can wait for the end of one, and that none is left.
local started, ended, start = 0, 0, vim.lsp.rpc.start
vim.lsp.rpc.start = function(...)
  for _, argument in ipairs({ ... }) do
    local on_exit = type(argument) == "table" and argument.on_exit
    if on_exit then
      argument.on_exit = function(...)
        ended = ended + 1
        on_exit(...)
      end
    end
  end
  started = started + 1
  return start(...)
end

local function wait(what, condition)
  assert(vim.wait(20000, condition, 5), "waited in vain for " .. what)
end

-- Changes the sample: every place of `old` must be there, or the test itself is wrong.
local function changed(old, new)
  local first, last = sample:find(old, 1, true)
  assert(first, "the sample lacks " .. old)
  return sample:sub(1, first - 1) .. new .. sample:sub(last + 1)
end

local function open(text)
  vim.cmd("enew!")
  vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(text, "\n"))
end

-- Gives each diagnostic as "LINE code text-that-it-marks: message".
local function diagnose(text)
  open(text)
  local before = shown
  opcenter.validate()
  wait("diagnostics", function() return shown > before end)
  return vim.tbl_map(function(item)
    local line = vim.api.nvim_buf_get_lines(0, item.lnum, item.lnum + 1, true)[1]
    local marked = line:sub(item.col + 1, item.end_col)
    local kind = item.severity == vim.diagnostic.severity.ERROR and "error" or "warning"
    return ("%d %s %s %s: %s"):format(item.lnum + 1, kind, item.code or "-", marked, item.message)
  end, vim.diagnostic.get(0))
end

local function expect(name, text, ...)
  local found = diagnose(text)
  for _, pattern in ipairs({ ... }) do
    local matching = vim.tbl_filter(function(item) return item:find(pattern) end, found)
    assert(#matching == 1, name .. ": not once " .. pattern .. "\n" .. table.concat(found, "\n"))
  end
  print(name)
  return found
end

-- The line on which a text stands in the sample.
local function line_of(text)
  local before = sample:sub(1, (sample:find(text, 1, true)))
  return select(2, before:gsub("\n", "")) + 1
end

local function tests()
  local found = expect("the sample has warnings only, each at its node", sample,
    "^" .. line_of('{"id": "invite"') .. ' warning unhandled_failure "invite": ', ' "thanks": ', ' "remind": ')
  assert(#found == 3 and #said == 0)

  expect("an unknown target is where it is named", changed('"target": "answer"}', '"target": "nowhere"}'),
    "^" .. line_of('{"source": "invite"') .. ' error dangling_edge "nowhere": ')
  expect("an unknown way out is at its name", changed('"sourceHandle": "maybe"', '"sourceHandle": "perhaps"'),
    "^" .. line_of('"sourceHandle": "maybe"') .. ' error unknown_handle "perhaps": ')
  expect("a key that is no word is at its value", changed('"max": 2}', '"max": 2, "a key": 5}'),
    "^" .. line_of('"max": 2}') .. " error %- 5: ")
  local timeout = '"timeout": "48h", "save_as": "answer", '
  expect("a missing field is at its node", changed(timeout, ""),
    "^" .. line_of('{"id": "answer"') .. " error %- {: params.nodes%[2%].data.timeout: expected a value")
  expect("a wrong type is at its value", changed('"max_attempts": 3', '"max_attempts": "three"'),
    "^" .. line_of('"max_attempts"') .. ' error %- "three": ')
  expect("a loop is at its node", changed('"set_declined", "target": "end_declined"', '"set_declined", "target": "set_declined"'),
    "^" .. line_of('{"id": "set_declined"') .. ' error cycle_without_wait "set_declined": ')
  expect("an unknown template is where it is named", changed('"template": "wedding_invite"', '"template": "wedding"'),
    "^" .. line_of('"template": "wedding_invite"') .. ' error unknown_template "wedding": ')
  expect("of two nodes with one id the second is marked", changed('{"id": "think"', '{"id": "vip"'),
    "^" .. line_of('{"id": "vip"') .. ' error duplicate_node "vip": ')
  expect("a node is not mistaken for a text that looks like it",
    changed('"name": "RSVP"', [["name": "\"id\": \"invite\" {\"id\": \"invite\"}", "viewport": {"nodes": [{"id": "invite"}]}]]),
    "^" .. line_of('{"id": "invite"') .. ' warning unhandled_failure "invite": ')
  expect("texts before a node do not move it",
    changed('"type": "send_template"', '"note": "आएँगे 💐", "type": "send_templates"'),
    "^" .. line_of('{"id": "invite"') .. ' error %- "send_templates": ')
  expect("a fault in the project is at the project", changed('"Asia/Jakarta"', '"Asia/Jakartaa"'),
    "^" .. line_of('"time_zone"') .. ' error %- "Asia/Jakartaa": ')
  expect("a fault in a template is at the template", changed('thanks", "category": "utility"', 'thanks", "category": "useful"'),
    "^" .. line_of('{"name": "rsvp_thanks"') .. ' error %- "useful": ')
  expect("a project that is none", changed('"project": {', '"project": 5, "other": {'), ' error %- 5: ')

  expect("a comma too much", changed('"max": 2}', '"max": 2,}'),
    "^" .. line_of('"max": 2}') .. " error %- .: not JSON: ")
  expect("a line break in a text", changed("Please tap", "Please\ntap"),
    "^" .. line_of("Please tap") .. " error %- .*: not JSON: control character")
  expect("a key that stands twice", changed('"type": "delay"', '"id": "nap", "type": "delay"'),
    "^" .. line_of('"type": "delay"') .. " error %- .*: not JSON: this key stands here twice")
  expect("a text that is not closed", changed('"max": 2}', '"max'), " error %- .*: not JSON: ")
  expect("nothing", "", "^1 error %- : not JSON: ")
  expect("a list", "[]", "^1 error %- %[: not JSON: expected an object")
  expect("a number", "5", "^1 error %- 5: not JSON: expected an object")
  expect("deep nesting", ("["):rep(100000), "not JSON")
  for _, number in ipairs({ "NaN", "-Infinity", "01", "0x10", "nan" }) do
    expect("no number", '{\n"a": ' .. number .. "}", "^2 error %- .*: not JSON: ")
  end
  assert(#expect("numbers", '{"a": [0, -0.5, 0e1, 10, null], "nodes": [], "edges": []}', "params.nodes: ") == 1)
  expect("an object without nodes", "{}", "^1 error %- {}: params.nodes: expected a value")
  expect("nodes that are none", '{"nodes": [5], "edges": []}', "^1 error %- 5: params.nodes%[0%]: ")
  expect("a flow alone", '{"nodes": [{"id": "ask", "type": "wait_reply", "data": {"timeout": "48h"}}], "edges": []}',
    ' error no_trigger %[')
  local nodes = {}
  for number = 1, 2000 do nodes[number] = ('{"id": "n%d", "type": "end", "data": {"outcome": "over"}}'):format(number) end
  local many = '{"edges": [], "nodes": [{"id": "start", "type": "trigger", "data": {}},\n%s]}'
  expect("2,000 nodes are too many", many:format(table.concat(nodes, ",\n")), "^1 error %- .*: params.nodes: expected at most")
  found = diagnose(many:format(table.concat(nodes, ",\n", 1, 499)))
  assert(#found == 499 or #found == 500, #found .. " diagnostics")
  assert(found[499]:find('^500 warning unreachable_node "n499"'), found[499])
  expect("two templates of one name", changed('{"name": "rsvp_thanks"', '{"name": "rsvp_reminder"'),
    "^" .. line_of('{"name": "rsvp_thanks"') .. " error %- {")
  assert(#said == 0, vim.inspect(said))

  open(changed('"target": "answer"}', '"target": "nowhere"}'))
  local before = shown
  opcenter.validate()
  vim.api.nvim_buf_set_lines(0, 0, 0, true, { "" })
  wait("the end of the service", function() return ended == started end)
  vim.wait(0) -- What is scheduled has run.
  assert(shown == before and #vim.diagnostic.get(0) == 0, "an answer about an older text is shown")
  opcenter.validate()
  vim.cmd("bwipeout!")
  wait("the end of the service", function() return ended == started end)
  print("an answer about an older text is not shown")

  local command = opcenter.config.command
  local function expect_said(name, arguments, act, pattern)
    said, opcenter.config.command = {}, arguments
    act()
    wait(name, function() return #said > 0 and ended == started end)
    vim.wait(0)
    assert(#said == 1 and said[1]:find(pattern), name .. vim.inspect(said))
    opcenter.config.command = command
    print(name)
  end
  open(sample)
  expect_said("a program that is missing", { "opcenter-missing" }, opcenter.validate, "cannot find opcenter%-missing")
  expect_said("a program that ends at once", { "false" }, opcenter.validate, "the service ended")
  expect_said("a program that ends while it is asked", { "sh", "-c", "read line; kill -9 $$" }, opcenter.validate, "ended")
  opcenter.config.requests = { { "template.create", { project_id = "prj_9", name = "more", category = "utility",
    variants = { { language = "en", body = "Hello" } } } } }
  expect_said("a refusal of what is configured", command, opcenter.validate, "template.create: Project prj_9 does not exist")
  opcenter.config.requests = {}

  -- The shell tells its number, which stays that of the service.
  local number = vim.fn.tempname()
  local telling = vim.list_extend({ "sh", "-c", 'echo $$ >"$0"; exec "$@"', number }, command)
  local function run(name, text)
    open(text)
    vim.cmd("OpcenterRun")
    wait(name, function() return vim.fn.getline(1):find("^The campaign is running") end)
  end
  expect_said("a service that dies in a run", telling, function()
    run("a run", sample)
    vim.loop.kill(tonumber(vim.fn.readfile(number)[1]), "sigkill")
  end, "the service ended")
  expect_said("a run of a flow with faults", command, function()
    open(changed('"target": "answer"}', '"target": "nowhere"}'))
    opcenter.run()
  end, "chatflow.create: ")
  assert(#vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 1)

  said = {}
  opcenter.config.clock_rate = 1000000
  local states = {}
  run("a run", sample)
  local window = vim.api.nvim_get_current_win()
  vim.cmd("split")
  assert(#diagnose(sample) == 3)
  vim.api.nvim_set_current_win(window)
  wait("the end of the campaign", function()
    states[vim.fn.getline(1)] = true
    return vim.fn.getline(1):find("^The campaign is completed")
  end)
  assert(vim.tbl_count(states) > 1 and #said == 0, "the numbers did not change")
  local row = vim.fn.getline(vim.fn.search("^invite "))
  assert(row:find("^invite +50 +0 +%d+ +%d+$"), row)
  wait("the end of the service", function() return ended == started end)
  print("a run shows the funnel until the campaign has ended")

  local file = vim.fn.tempname() .. ".chatflow.json"
  vim.fn.writefile(vim.split(sample, "\n"), file)
  vim.cmd("edit " .. file)
  wait("diagnostics of a file that is opened", function() return #vim.diagnostic.get(0) == 3 end)
  vim.cmd([[%s/"template": "wedding_invite"/"template": "wedding"/ | silent write]])
  wait("diagnostics of a file that is written", function() return #vim.diagnostic.get(0) == 4 end)
  wait("the end of the service", function() return ended == started end)
  print("a file is checked when it is opened and written")
end

local good, failure = xpcall(tests, debug.traceback)
if not good then print(failure) vim.cmd("cquit 1") end
vim.cmd("qall!")

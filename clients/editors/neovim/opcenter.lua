-- Chatflows of Operation Center in Neovim: diagnostics where a fault is, and simulated runs.
local M, api, namespace = {}, vim.api, vim.api.nvim_create_namespace("opcenter")
M.config = {
  command = { "opcenter", "serve", "--stdio", "--memory" },
  sender = { name = "Editor", phone = "+12015550100" }, -- Where the file brings none.
  project = { name = "Editor", time_zone = "UTC" }, -- Likewise.
  requests = {}, -- Further ones, such as { "template.create", { project_id = "prj_1", … } }.
  clock_rate = 100000, -- Of a run: a simulated day takes about a second.
}

-- The value of a JSON text, and where its parts stand: from a path, written as the service writes
-- it, but for the dot before it, to the first and last byte. What is wrong is thrown as an issue.
local function parse(text)
  local plain, places, position = text:gsub("\\.", "__"), {}, 1 -- No quote in it is escaped.
  local function fail(message, byte)
    error({ message = "not JSON: " .. message, place = { byte, byte } }, 0)
  end
  local function read(path)
    local first, index = plain:find("[^%s,:]", position), 0
    local opening = plain:match("^[{%[]", first)
    position = plain:match('^".-"()', first) or plain:match("^[%w.+-]+()", first) or first + 1
    local part = opening and "" or plain:sub(first, position - 1) -- Some the decoder lets pass.
    local odd = part:find("[%z\1-\31]") or part:find("^%-?0[%dxX]") or part:find("^%-?[IiNn][^u]")
    if odd then fail("control character, or no number of JSON", first + odd - 1) end
    while opening and not plain:find("^[%s,]*[}%]]", position) do
      local member = path .. "[" .. index .. "]"
      if opening == "{" then
        local key = read("key")
        member = path .. (key:find("^[%w_$-]+$") and "." .. key or '["' .. key .. '"]')
        if places[member] then fail("this key stands here twice", position - 1) end
      end
      read(member)
      index = index + 1
    end
    if opening then position = plain:match("^[%s,]*[}%]]()", position) end
    places[path] = { first, position - 1 }
    return path == "key" and tostring(vim.json.decode(text:sub(first, position - 1)))
  end
  local whole, value = pcall(vim.json.decode, text)
  if not whole then fail(value, tonumber(value:match("at character (%d+)")) or 1) end
  if plain:match("%S") ~= "{" then fail("expected an object", 1) end
  read("")
  return value, places
end

local function show(issues, source)
  local buffer = source.buffer -- Of an older text nothing is shown.
  if not api.nvim_buf_is_loaded(buffer) or vim.b[buffer].changedtick ~= source.tick then return end
  vim.diagnostic.set(namespace, buffer, vim.tbl_map(function(issue)
    local path = issue.path == "" and ".nodes" or "." .. (issue.path or "")
    if path:find("^%.nodes%[%d+%]$") then path = path .. ".id" end -- A whole node is marked there.
    local place, row = issue.place, 1 -- Or of what lacks the part.
    while not place do place, path = source.places[path], path:match("^(.*)[.%[]") or "" end
    local column, length = place[1] - 1, place[2] - place[1] + 1
    while column > #source[row] do row, column = row + 1, column - #source[row] - 1 end
    return {
      lnum = row - 1, end_lnum = row - 1, col = column, source = "opcenter", code = issue.code,
      end_col = math.min(column + length, #source[row]),
      severity = vim.diagnostic.severity[issue.severity == "warning" and "WARN" or "ERROR"],
      message = issue.message .. (issue.hint and " " .. issue.hint or ""),
    }
  end, issues))
end

-- Methods, params, and their path in the file. A new service counts from 1: identifiers are known.
local function requests_of(flow, others)
  local project = flow.project or M.config.project
  if type(project) == "table" then project.sender_id = "snd_1" end
  local requests = { { "sender.create", flow.sender or M.config.sender, ".sender" } }
  table.insert(requests, { "project.create", project, ".project" })
  for index, template in ipairs(type(flow.templates) == "table" and flow.templates or {}) do
    if type(template) == "table" then template.project_id = "prj_1" end
    table.insert(requests, { "template.create", template, (".templates[%d]"):format(index - 1) })
  end
  others[1][2] = { project_id = "prj_1", name = "Run", nodes = flow.nodes, edges = flow.edges }
  return vim.list_extend(vim.list_extend(requests, M.config.requests), others)
end

-- Lets a new service answer until it refuses; with `told`, until that is true of a notification.
local function play(arguments, others, told)
  local document, ended, rpc = api.nvim_buf_get_lines(0, 0, -1, true), false, nil
  document.buffer, document.tick = api.nvim_get_current_buf(), vim.b.changedtick
  local function finish(failure)
    if failure and not ended then vim.notify("opcenter: " .. failure, vim.log.levels.WARN) end
    if rpc and not ended then (rpc.terminate or function() rpc.handle:kill("sigterm") end)() end
    ended = true
  end
  local handlers = {
    notification = function(_, params) if not ended and told(params) then finish() end end,
    on_exit = vim.schedule_wrap(function() finish("the service ended") end),
  }
  local good, flow, places = pcall(parse, table.concat(document, "\n"))
  document.places = places
  if not good then return show({ flow }, document) end
  local command = vim.list_extend(vim.deepcopy(M.config.command), arguments)
  if vim.fn.executable(command[1]) == 0 then return finish("cannot find " .. command[1]) end
  rpc = vim.fn.has("nvim-0.10") == 1 and vim.lsp.rpc.start(command, handlers) -- Whole, since 0.10.
    or vim.lsp.rpc.start(table.remove(command, 1), command, handlers)
  local requests = requests_of(flow, others)
  for number, request in ipairs(requests) do
    rpc.request(request[1], request[2], function(refusal, result)
      if ended then return end
      local data = refusal and refusal.data or result or {}
      local at = refusal and request[3] and (request[3] .. (data.path or ""):gsub("^params", "")):sub(2)
      local issues = data.issues or at and { { message = refusal.message, path = at } }
      if issues then show(issues, document) end
      if refusal then return finish((told or not at) and request[1] .. ": " .. refusal.message) end
      if number == #requests and not told then finish() end
    end)
  end
end

function M.validate() play({}, { { "chatflow.validate", {}, "" } }) end
function M.run()
  local guests, text, buffer = {}, table.concat(vim.fn.getline(1, "$")), nil
  for index = 1, 50 do guests[index] = { name = "Guest", phone = "+62812300" .. 10000 + index } end
  -- Dates of the flow may be past by now, so it runs six weeks before its first event.
  local year, month, day = text:match('"starts_at"%s*:%s*"(%d+)-(%d+)-(%d+)')
  local start = year and os.time({ year = year, month = month, day = day - 42 }) or os.time()
  local rate = tostring(M.config.clock_rate)
  play({ "--clock-rate", rate, "--clock-start", os.date("!%Y-%m-%dT%TZ", start) }, {
    { "chatflow.create", {}, "" },
    { "guest.import", { project_id = "prj_1", rows = guests } },
    { "campaign.create", { project_id = "prj_1", chatflow_id = "flw_1", name = "Run" } },
    { "campaign.start", { campaign_id = "cmp_1" }, "" },
    { "stats.subscribe", { campaign_id = "cmp_1", every = "250ms" } },
  }, function(params)
    local row, numbers = "%-24s%9s%9s%9s%9s", params.statistics
    local lines = { "The campaign is " .. numbers.status .. " at " .. numbers.as_of.at, "" }
    table.insert(lines, row:format("node", "entered", "inside", "passed", "failed"))
    for _, at in ipairs(numbers.funnel) do
      table.insert(lines, row:format(at.node_id, at.entered, at.inside, at.passed, at.failed))
    end
    if not buffer then vim.cmd("botright new | setlocal buftype=nofile bufhidden=wipe") end
    buffer = buffer or api.nvim_get_current_buf()
    if api.nvim_buf_is_valid(buffer) then api.nvim_buf_set_lines(buffer, 0, -1, true, lines) end
    return numbers.status == "completed" or not api.nvim_buf_is_valid(buffer)
  end)
end
function M.setup(config)
  M.config = vim.tbl_extend("force", M.config, config or {})
  api.nvim_create_user_command("OpcenterValidate", M.validate, {})
  api.nvim_create_user_command("OpcenterRun", M.run, {})
  local files = { pattern = "*.chatflow.json", callback = M.validate }
  api.nvim_create_autocmd({ "BufWinEnter", "BufWritePost" }, files)
end
return M

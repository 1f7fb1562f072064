-- What an officer does in Neovim, and after each step whether the server holds what the editor holds.
--
-- Run by tests/suite/editor_process.rs with REPORT (the program) and REPORT_FOLDER (a report); ends with an error where a step fails.

local folder = os.getenv("REPORT_FOLDER")
local PATIENCE = 60000

local function fail(words)
  io.stderr:write(words .. "\n")
  vim.cmd("cquit!")
end

local function run()
  local id = vim.lsp.start_client({
    cmd = { os.getenv("REPORT"), "lsp" },
    root_dir = folder,
    workspace_folders = { { uri = vim.uri_from_fname(folder), name = "report" } },
  })
  local client
  local function open(file)
    vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/" .. file))
    local buffer = vim.api.nvim_get_current_buf()
    vim.bo[buffer].filetype = "jigyo"
    assert(vim.lsp.buf_attach_client(buffer, id))
    assert(vim.wait(PATIENCE, function()
      client = vim.lsp.get_client_by_id(id)
      return client ~= nil and client.initialized == true and client.server_capabilities ~= nil
    end), "the server starts")
    return buffer
  end

  local function ask(buffer, method, params)
    local answers, why = client.request_sync(method, params, PATIENCE, buffer)
    assert(answers, method .. ": " .. tostring(why))
    assert(not answers.err, method .. ": " .. vim.inspect(answers.err))
    return answers.result
  end

  -- Neovim tells of a change a moment later; what is asked for through it comes behind.
  local function in_step(buffer, step)
    local ends = { unix = "\n", dos = "\r\n", mac = "\r" }
    local line_end = ends[vim.bo[buffer].fileformat]
    local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), line_end)
    if vim.bo[buffer].eol then text = text .. line_end end
    local held
    local same = vim.wait(PATIENCE, function()
      held = ask(buffer, "report/heldText", { textDocument = { uri = vim.uri_from_bufnr(buffer) } })
      return type(held) == "table" and held.text == text
    end, 50)
    assert(same, step .. ":\n" .. text .. "\n--- held:\n" .. vim.inspect(held))
  end

  local function has_code(buffer, code)
    for _, message in ipairs(vim.diagnostic.get(buffer)) do
      local own = message.code or (message.user_data and message.user_data.lsp and message.user_data.lsp.code)
      if own == code then return message end
    end
  end

  local function apply(edit)
    vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding or "utf-16")
  end

  -- Opens; the messages come.
  local one = open("01_章/一.jigyo")
  in_step(one, "open")
  assert(vim.wait(PATIENCE, function() return has_code(one, "J045") ~= nil end), "J045 is shown")
  local marked = has_code(one, "J045")
  local line = vim.api.nvim_buf_get_lines(one, marked.lnum, marked.lnum + 1, true)[1]
  assert(line:sub(marked.col + 1, marked.end_col) == "H A C C P", "the mark stands at the word: " .. line:sub(marked.col + 1))

  -- Edits, in front of and behind characters that are more than one unit.
  vim.api.nvim_buf_set_lines(one, 5, 5, true, { "𠮷𠮷葛" .. "\u{E0100}" .. "か" .. "\u{3099}", "" })
  in_step(one, "insert")
  vim.cmd("normal! ggjjA　企画グループ")
  in_step(one, "append")
  -- Else all that the script did so far is one change.
  vim.cmd("let &undolevels = &undolevels")
  vim.cmd("normal! 6Gx")
  in_step(one, "delete a character")
  vim.cmd("undo")
  in_step(one, "undo")
  vim.cmd("normal! 6Gdd")
  in_step(one, "delete a line")
  vim.cmd("normal! Goあ")
  in_step(one, "a last line")
  vim.cmd("normal! dd")
  in_step(one, "without it")

  -- Mends.
  local lines = vim.api.nvim_buf_line_count(one)
  local whole = { start = { line = 0, character = 0 }, ["end"] = { line = lines, character = 0 } }
  local document = { uri = vim.uri_from_bufnr(one) }
  local actions = ask(one, "textDocument/codeAction", { textDocument = document, range = whole, context = { diagnostics = {} } })
  local mended = false
  for _, action in ipairs(actions) do
    if action.title:find("「HACCP」に直す", 1, true) then
      apply(action.edit)
      mended = true
      break
    end
  end
  assert(mended, "a mend is offered: " .. vim.inspect(actions))
  in_step(one, "mend")
  assert(vim.wait(PATIENCE, function() return has_code(one, "J045") == nil end), "J045 is gone")

  -- Formats.
  vim.api.nvim_buf_set_lines(one, 1, 2, true, { "事 業 費 : 1,000千円" })
  in_step(one, "before formatting")
  local edits = ask(one, "textDocument/formatting", { textDocument = document, options = { tabSize = 4, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, one, client.offset_encoding or "utf-16")
  in_step(one, "format")
  assert(vim.api.nvim_buf_get_lines(one, 1, 2, true)[1] == "事業費：1,000千円")

  -- A file with the line ends of Windows.
  local two = open("01_章/二.jigyo")
  assert(vim.bo[two].fileformat == "dos")
  in_step(two, "CRLF")
  vim.cmd("normal! 3GA（本庁）")
  vim.cmd("normal! Goい")
  in_step(two, "CRLF edited")
  vim.cmd("silent write")

  -- Renames: the title, the file, 構成.
  vim.api.nvim_set_current_buf(one)
  vim.cmd("silent write")
  local edit = ask(one, "textDocument/rename", {
    textDocument = document,
    position = { line = 0, character = 5 },
    newName = "研修事業",
  })
  apply(edit)
  vim.cmd("silent wall")
  local renamed = open("01_章/研修事業.jigyo")
  in_step(renamed, "rename")
  assert(vim.api.nvim_buf_get_lines(renamed, 0, 1, true)[1] == "【事業】研修事業")

  vim.lsp.stop_client(id)
  assert(vim.wait(PATIENCE, function() return client.is_stopped() end), "the server ends")
  io.stderr:write("all steps hold\n")
end

local ok, why = xpcall(run, debug.traceback)
if not ok then fail(tostring(why)) end
vim.cmd("qall!")

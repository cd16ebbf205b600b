-- A real editor: opens an incident, types, and waits for what Candor says. Run by tests/run.sh:
--   nvim --headless -u NONE -c 'luafile tests/editor/neovim.lua'
-- CANDOR names the program, SITE the folder of a site that holds content/incidents/2026-03-02-pump.md.
local function fail(why)
  io.stderr:write('FAILED: ' .. why .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, fits)
  if not vim.wait(20000, fits, 20) then
    local shown = vim.inspect(vim.tbl_map(function(d) return d.message end, vim.diagnostic.get(0)))
    fail(what .. ' did not come; shown: ' .. shown)
  end
end

local function has(rule)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if found.code == rule or (found.user_data and found.user_data.lsp.code == rule) then return true end
  end
  return false
end

local site = os.getenv('SITE')
vim.cmd('edit ' .. site .. '/content/incidents/2026-03-02-pump.md')
local id = vim.lsp.start_client({
  name = 'candor',
  cmd = { os.getenv('CANDOR'), 'lsp', '--at', '2026-03-02T09:20:30Z' },
  root_dir = site,
})
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)
wait('the start', function() return client.initialized end)

vim.fn.append(vim.fn.search('^We are opening'), 'We hope to fix it shortly. 😀')
wait('the finding', function() return has('unbacked-soon') end)

local position = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = vim.fn.search('^We hope') - 1, character = 21 } }
local hover = client.request_sync('textDocument/hover', position, 5000, 0)
if not (hover and hover.result and hover.result.contents.value:find('# unbacked-soon', 1, true)) then
  fail('hover shows no page: ' .. vim.inspect(hover))
end
local range = { start = position.position, ['end'] = position.position }
local actions = client.request_sync('textDocument/codeAction', { textDocument = position.textDocument, range = range, context = { diagnostics = {} } }, 5000, 0)
local added = false
for _, action in ipairs(actions.result) do
  if action.title == 'Add an update now' then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    added = true
  end
end
if not added or vim.fn.search('^## 2026-03-02 09:20 Investigating') == 0 then fail('no update was added') end

vim.fn.deletebufline('%', vim.fn.search('^We hope'))
wait('the mend', function() return not has('unbacked-soon') end)

vim.lsp.stop_client(id)
wait('the end', function() return client.is_stopped() end)
print('Neovim: findings, hover, an update, the mend.\n')
vim.cmd('quitall!')

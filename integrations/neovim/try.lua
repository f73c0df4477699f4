-- What a user does in Neovim, done by the test: each step prints what is seen, or ends Neovim with an error.
local patience = 30000 -- milliseconds; it only decides how long a failure takes

local function say(text)
  io.stdout:write(text .. '\n')
end

local function await(what, ask)
  if not vim.wait(patience, ask, 20) then
    say('in vain: ' .. what)
    for _, d in ipairs(vim.diagnostic.get()) do
      say(('  %s:%d: [%s] %s'):format(vim.api.nvim_buf_get_name(d.bufnr), d.lnum + 1, d.code, d.message))
    end
    vim.cmd('cquit 1')
  end
end

local function found(buffer, code)
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    if d.code == code or d.user_data and d.user_data.lsp and d.user_data.lsp.code == code then
      return d
    end
  end
end

local function saw(buffer, code)
  await(code, function() return found(buffer, code) end)
  local d = found(buffer, code)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':.')
  say(('%s:%d:%d: [%s] from %s'):format(name, d.lnum + 1, d.col + 1, code, d.source))
  return d
end

-- The first offer that the quick fix names is taken.
vim.ui.select = function(offers, _, choose)
  for i, offer in ipairs(offers) do
    local action = offer.action or offer[2]
    if action.isPreferred then
      say('taken: ' .. action.title)
      return choose(offer, i)
    end
  end
  say('no offer is preferred')
  vim.cmd('cquit 1')
end

local function try()
  vim.cmd('edit functions/send.js')
  local send = vim.api.nvim_get_current_buf()
  local finding = saw(send, 'missing-completion')
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, 0 }) -- on its line, and not on the finding
  vim.lsp.buf.code_action()
  await('the fix', function() return not found(send, 'missing-completion') end)
  say('line 7: ' .. vim.api.nvim_buf_get_lines(send, 6, 7, true)[1])

  vim.cmd('edit! api/order.js')
  local order = vim.api.nvim_get_current_buf()
  vim.cmd('split lib/record.js')
  local record = vim.api.nvim_get_current_buf()
  local sync = vim.api.nvim_buf_get_lines(record, 0, -1, true)
  vim.api.nvim_buf_set_lines(record, 0, -1, true, {
    'exports.record = async (id) => {', "  await fetch('https://example.com/' + id);", '};',
  })
  saw(order, 'floating-promise')
  vim.api.nvim_buf_set_lines(record, 0, -1, true, sync)
  await('the end of floating-promise', function() return not found(order, 'floating-promise') end)
  say('gone')

  vim.cmd('buffer ' .. send)
  vim.cmd('undo')
  saw(send, 'missing-completion')
  local command = { command = 'handlervet.confirm', arguments = { { uri = vim.uri_from_bufnr(send) } } }
  vim.lsp.buf_request(send, 'workspace/executeCommand', command, function() end)
  await('the run', function()
    local now = found(send, 'missing-completion')
    return now and now.message:find('`callback` was not called', 1, true)
  end)
  say('confirmed')

  local answers = vim.lsp.buf_request_sync(order, 'workspace/executeCommand', { command = 'handlervet.state', arguments = {} }, patience)
  for _, answer in pairs(answers or {}) do
    say('debounce: ' .. answer.result.settings.debounce)
  end
  vim.cmd('qall!')
end

local ok, problem = xpcall(try, debug.traceback)
if not ok then
  say(problem)
  vim.cmd('cquit 1')
end

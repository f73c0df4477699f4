-- handlervet as a language server. Copy to ~/.config/nvim/plugin/handlervet.lua
local config = {
  name = 'handlervet',
  cmd = { 'handlervet', 'lsp' },
  filetypes = { 'javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'go', 'yaml', 'json', 'jsonc', 'toml' },
  root_markers = { '.handlervet.yml', 'package.json', 'go.mod', '.git' },
  settings = { handlervet = vim.empty_dict() },
}

if vim.lsp.config then -- Neovim 0.11 and later
  -- Told that findings have changed, 0.12 asks about the workspace and forgets open buffers. It asks about these if it cannot do the other.
  config.on_init = function(client)
    client.server_capabilities.diagnosticProvider.workspaceDiagnostics = false
  end
  vim.lsp.config('handlervet', config)
  vim.lsp.enable('handlervet')
  return
end

-- Neovim 0.7 to 0.10: one server for each root
local clients = {}

local function attach(event)
  local found = vim.fs and vim.fs.find(config.root_markers, { path = event.file, upward = true })[1]
  local root = found and vim.fs.dirname(found) or vim.fn.getcwd()
  if not clients[root] or vim.lsp.client_is_stopped(clients[root]) then
    clients[root] = vim.lsp.start_client({
      name = config.name,
      cmd = config.cmd,
      root_dir = root,
      settings = config.settings,
      on_init = function(client)
        client.notify('workspace/didChangeConfiguration', { settings = config.settings })
      end,
    })
  end
  vim.lsp.buf_attach_client(event.buf, clients[root])
end

vim.api.nvim_create_autocmd('FileType', { pattern = config.filetypes, callback = attach })

import { type CodeLens, type LogOutputChannel, commands, window, workspace } from 'vscode';
import { type DocumentSelector, LanguageClient, RevealOutputChannelOn, type StaticFeature } from 'vscode-languageclient/node';
import type { Answers } from './answers';
import { findServer } from './server';

/** The files the server wants to see: handlers, deployment files and its own config. */
const documents: DocumentSelector = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'go'].map((language) => ({ scheme: 'file', language })),
  ...['**/*.{yml,yaml,toml,mjs,cjs,mts,cts}', '**/{package,vercel,now,host,function,wrangler}.{json,jsonc}', '**/*{serverless,template}*.json'].map(
    (pattern) => ({ scheme: 'file', pattern }),
  ),
];

/** The server's command that runs suspect paths in the sandbox. */
const confirm = 'handlervet.confirm';

/** Tells the server that what it answers to commands is shown here, so that it need not show it itself. */
const showsAnswers: StaticFeature = {
  fillClientCapabilities: (can) => {
    can.experimental = { handlervet: { witness: true } };
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};

/** A server and its client. Starts and stops come one after the other. */
export class Session {
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly extension: string,
    private readonly output: LogOutputChannel,
    private readonly answers: Answers,
  ) {}

  /** Starts the server, after the running one has ended. It never fails; what is wrong is shown. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  /** Confirms the findings of the handler around the cursor, as the code lens above it does; else all of the file. */
  async confirmAtCursor(): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) {
      return;
    }
    const { uri } = editor.document;
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, Infinity);
    const above = lenses.filter((l) => l.command?.command === confirm && l.range.start.line <= editor.selection.active.line);
    const nearest = above.sort((a, b) => a.range.start.line - b.range.start.line).at(-1);
    await commands.executeCommand(confirm, ...(nearest?.command?.arguments ?? [{ uri: uri.toString() }]));
  }

  private next(task: () => Promise<void>): Promise<void> {
    this.last = this.last.then(task).catch((error: unknown) => this.complain(error));
    return this.last;
  }

  private async begin(): Promise<void> {
    const { command, from } = findServer({
      setting: workspace.getConfiguration('handlervet').get('path', ''),
      folders: (workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath),
      path: process.env['PATH'] ?? '',
      extension: this.extension,
    });
    this.output.info(`starting ${command} (${from})`);
    this.client = new LanguageClient(
      'handlervet',
      'handlervet',
      { command, args: ['lsp'] },
      {
        documentSelector: documents,
        outputChannel: this.output,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        diagnosticPullOptions: { onChange: true, onSave: true },
        middleware: {
          executeCommand: async (name, args, next) => {
            const answer: unknown = await next(name, args);
            await this.answers.show(args, answer);
            return answer;
          },
        },
      },
    );
    this.client.registerFeature(showsAnswers);
    await this.client.start();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop()) {
      await client.stop();
    }
    await client?.dispose();
  }

  private complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.output.error(message);
    const show = 'Show the output';
    void window.showErrorMessage(`handlervet: ${message}`, show).then((answer) => {
      if (answer === show) {
        this.output.show();
      }
    });
  }
}

// The extension: starts the server, restarts it, and shows what it says.
import { type ExtensionContext, commands, window, workspace } from 'vscode';
import { Answers } from './answers';
import { Session } from './session';

let session: Session | undefined;

/** VS Code calls it in trusted workspaces only; package.json says so. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('handlervet', { log: true });
  const answers = new Answers();
  const current = new Session(context.extensionPath, output, answers);
  session = current;
  context.subscriptions.push(
    output,
    workspace.registerTextDocumentContentProvider(Answers.scheme, answers),
    commands.registerCommand('handlervet.restart', () => current.restart()),
    commands.registerCommand('handlervet.showOutput', () => output.show()),
    commands.registerCommand('handlervet.showRun', () => current.confirmAtCursor()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('handlervet.path')) {
        void current.restart();
      }
    }),
  );
  await current.restart();
}

/** VS Code waits for it before it ends. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}

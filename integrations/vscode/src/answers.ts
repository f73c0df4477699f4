import { EventEmitter, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from 'vscode';
import { describe, verdicts } from './verdicts';

/** Shows what the server's commands answer, in a read-only document beside the code. */
export class Answers implements TextDocumentContentProvider {
  static readonly scheme = 'handlervet';
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private text = '';

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Shows an answer to a command about a file, if there is something to show. */
  async show(args: readonly unknown[], answer: unknown): Promise<void> {
    const { uri } = (args[0] ?? {}) as { uri?: string };
    const file = uri === undefined ? '' : workspace.asRelativePath(Uri.parse(uri));
    const found = verdicts(answer);
    const text = found ? describe(file, found) : (answer as { text?: unknown } | null)?.text;
    if (typeof text === 'string') {
      await this.replace(text);
    }
  }

  private async replace(text: string): Promise<void> {
    const uri = Uri.from({ scheme: Answers.scheme, path: 'handlervet' });
    this.text = text;
    this.changed.fire(uri);
    await window.showTextDocument(uri, { preview: true, preserveFocus: true, viewColumn: ViewColumn.Beside });
  }
}

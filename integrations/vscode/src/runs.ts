import { EventEmitter, type TextDocumentContentProvider, Uri, ViewColumn, window } from 'vscode';

/** Shows the runs that confirmations found, in a read-only document beside the code. */
export class Runs implements TextDocumentContentProvider {
  static readonly scheme = 'handlervet-run';
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private text = '';

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Shows a run, in place of the one before. */
  async show(text: string): Promise<void> {
    const uri = Uri.from({ scheme: Runs.scheme, path: 'handlervet: run' });
    this.text = text;
    this.changed.fire(uri);
    await window.showTextDocument(uri, { preview: true, preserveFocus: true, viewColumn: ViewColumn.Beside });
  }
}

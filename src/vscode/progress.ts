import * as vscode from 'vscode';

/** Does something under a notification that says so and that the user can cancel: the answer is undefined then. */
export async function withProgress<T>(
  words: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: words, cancellable: true };
  return await vscode.window.withProgress(options, async (_progress, cancellation) => {
    const abort = new AbortController();
    const listener = cancellation.onCancellationRequested(() => abort.abort());
    try {
      const answer = await work(abort.signal);
      return cancellation.isCancellationRequested ? undefined : answer;
    } finally {
      listener.dispose();
    }
  });
}

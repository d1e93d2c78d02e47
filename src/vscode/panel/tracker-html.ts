import * as vscode from 'vscode';

/** The page of the tracker. Nothing loads but the files of `dist/`; only the script with the nonce runs. */
export function trackerHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const source = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const nonce = createNonce();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Takoss</title>
<link rel="stylesheet" href="${source('webview.css')}">
</head>
<body>
<script nonce="${nonce}" src="${source('webview.js')}"></script>
</body>
</html>`;
}

function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import type * as vscode from 'vscode';
import type { RunEngine } from '../../protocol/messages.ts';
import type { ClaudeKey } from './claude-key-store.ts';

/** What a run is generated with: decided before it begins. */
export type EngineChoice =
  | { readonly kind: 'offline' }
  | { readonly kind: 'remote' }
  /** Without a key the run ends before it has begun, and says what to do. */
  | { readonly kind: 'claude'; readonly key: ClaudeKey | undefined; readonly model: string; readonly label: string }
  | { readonly kind: 'vscode-lm'; readonly chat: vscode.LanguageModelChat };

/** A choice as the tracker shows it. */
export function describeEngine(choice: EngineChoice): RunEngine {
  switch (choice.kind) {
    case 'offline':
      return { kind: 'offline', label: 'rules, on this machine' };
    case 'remote':
      return { kind: 'remote', label: 'a Takoss server' };
    case 'claude':
      return { kind: 'claude', label: choice.label };
    case 'vscode-lm':
      return { kind: 'vscode-lm', label: `${choice.chat.name} of VS Code` };
  }
}

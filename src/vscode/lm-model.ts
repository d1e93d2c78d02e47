import * as vscode from 'vscode';
import { cancelledError } from '../core/errors.ts';
import { modelError } from './lm/model-error.ts';
import { TextModel, type TextService } from './lm/text-model.ts';

/** A language model of VS Code as the engine knows it: whoever provides it, on the user's account there. */
export class VscodeModel extends TextModel {
  constructor(chat: vscode.LanguageModelChat) {
    super(textService(chat));
  }
}

function textService(chat: vscode.LanguageModelChat): TextService {
  return {
    id: `${chat.vendor}/${chat.id}`,
    maxInputTokens: chat.maxInputTokens,
    send: async (messages, signal) => {
      const cancellation = new vscode.CancellationTokenSource();
      const cancel = (): void => cancellation.cancel();
      if (signal.aborted) throw cancelledError(signal.reason);
      signal.addEventListener('abort', cancel, { once: true });
      const end = (): void => {
        signal.removeEventListener('abort', cancel);
        cancellation.dispose();
      };
      try {
        const response = await chat.sendRequest(
          messages.map((message) => vscode.LanguageModelChatMessage.User(message)),
          { justification: 'Takoss reads your requirements and writes parts of your project with it.' },
          cancellation.token,
        );
        return inOurWords(response.text, chat.name, end);
      } catch (error) {
        end();
        throw modelError(error, chat.name);
      }
    },
    count: async (text) => await chat.countTokens(text),
  };
}

/** Passes an answer on, and calls `end` when it is over. */
async function* inOurWords(
  text: AsyncIterable<string>,
  name: string,
  end: () => void,
): AsyncGenerator<string, void, void> {
  try {
    yield* text;
  } catch (error) {
    throw modelError(error, name);
  } finally {
    end();
  }
}

import { lazy, Suspense, useState } from 'react';
import type { ControlInput, FieldKind } from './field-kind.ts';
import { plainText } from './plain-text.ts';
import { TextAreaRow } from './text-area-row.tsx';

/** Loaded by the first screen that shows formatted text: others need not wait for it. */
const MarkdownText = lazy(async () => ({ default: (await import('./markdown-text.tsx')).MarkdownText }));

/** Text with headings, lists, links and emphasis, written in Markdown. */
export function richTextField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <MarkdownRow input={input} maxLength={maxLength} />,
    display: (value, brief) =>
      brief ? <span className="line-clamp-2">{value}</span> : <Formatted markdown={String(value)} />,
    column: 'none',
    wide: true,
  };
}

function Formatted({ markdown }: { markdown: string }) {
  return (
    <Suspense fallback={<span className="whitespace-pre-line">{markdown}</span>}>
      <MarkdownText markdown={markdown} />
    </Suspense>
  );
}

function MarkdownRow({ input, maxLength }: { input: ControlInput; maxLength: number }) {
  const [previews, setPreviews] = useState(false);
  return (
    <TextAreaRow
      input={input}
      rows={10}
      maxLength={maxLength}
      hint="# Heading, **bold**, *italic*, - list, [link](https://example.com)"
    >
      <div className="mt-2">
        <button
          type="button"
          aria-expanded={previews}
          className="rounded font-semibold text-link text-sm underline underline-offset-2"
          onClick={() => setPreviews(!previews)}
        >
          {previews ? 'Hide preview' : 'Preview'}
        </button>
        {previews && (
          <div className="mt-2 rounded-lg border border-line p-4">
            <Formatted markdown={String(input.value)} />
          </div>
        )}
      </div>
    </TextAreaRow>
  );
}

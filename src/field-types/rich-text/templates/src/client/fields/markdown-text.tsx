import Markdown, { type Components } from 'react-markdown';
import { OutsideLink } from '../app/outside-link.tsx';

/**
 * How Markdown looks. HTML in it stays text. Links lead out of the application like all others, and pictures are named rather than
 * loaded: the policy of a page lets it load those of picture fields only.
 */
const components: Components = {
  h1: ({ children }) => <h2 className="mt-4 font-bold text-xl first:mt-0">{children}</h2>,
  h2: ({ children }) => <h3 className="mt-4 font-bold text-lg first:mt-0">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-4 font-bold first:mt-0">{children}</h4>,
  p: ({ children }) => <p className="mt-3 first:mt-0">{children}</p>,
  ul: ({ children }) => <ul className="mt-3 list-disc space-y-1 pl-6 first:mt-0">{children}</ul>,
  ol: ({ children }) => <ol className="mt-3 list-decimal space-y-1 pl-6 first:mt-0">{children}</ol>,
  blockquote: ({ children }) => (
    <blockquote className="mt-3 border-edge border-l-4 pl-4 text-muted first:mt-0">{children}</blockquote>
  ),
  pre: ({ children }) => (
    <pre className="mt-3 overflow-x-auto rounded-lg bg-subtle p-3 text-sm first:mt-0">{children}</pre>
  ),
  code: ({ children }) => <code className="font-mono text-sm">{children}</code>,
  hr: () => <hr className="mt-4 border-line" />,
  a: ({ href, children }) => <OutsideLink address={href ?? ''}>{children}</OutsideLink>,
  img: ({ alt }) => (alt ? <span>[{alt}]</span> : null),
};

export function MarkdownText({ markdown }: { markdown: string }) {
  return (
    <div className="leading-relaxed">
      <Markdown components={components}>{markdown}</Markdown>
    </div>
  );
}

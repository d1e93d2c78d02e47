import { useId } from 'react';
import { PageTitle } from '../app/page-title.tsx';
import { Message } from '../ui/message.tsx';
import type { ModuleSection } from './module.ts';

/** A page that is made of what modules put on it. */
export function SectionsScreen({ title, sections }: { title: string; sections: readonly ModuleSection[] }) {
  return (
    <div className="container py-10">
      <PageTitle>{title}</PageTitle>
      <h1 className="font-bold text-3xl tracking-tight">{title}</h1>
      {sections.length === 0 && (
        <Message icon="inbox" title="Nothing here">
          What belongs here has been taken out of the application.
        </Message>
      )}
      <div className="mt-8 grid grid-cols-[repeat(auto-fit,minmax(min(100%,22rem),1fr))] items-start gap-6">
        {sections.map((section) => (
          <PageSection key={section.title} {...section} />
        ))}
      </div>
    </div>
  );
}

function PageSection({ title, Section }: ModuleSection) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-2xl border border-line bg-surface p-6 shadow-soft">
      <h2 id={id} className="font-semibold text-lg">
        {title}
      </h2>
      <div className="mt-4">
        <Section />
      </div>
    </section>
  );
}

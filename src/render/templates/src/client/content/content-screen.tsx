import { PageTitle } from '../app/page-title.tsx';
import type { ContentPage } from '../app/project.tsx';

/** A page of text. */
export function ContentScreen({ page }: { page: ContentPage }) {
  return (
    <article className="container max-w-3xl py-12 sm:py-16">
      <PageTitle>{page.title}</PageTitle>
      <h1 className="font-bold text-4xl tracking-tight sm:text-5xl">{page.title}</h1>
      <div aria-hidden="true" className="mt-6 h-1 w-16 rounded-full bg-accent ring-1 ring-accent-edge" />
      <div className="mt-8 space-y-5 text-lg leading-relaxed">
        {page.text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </article>
  );
}

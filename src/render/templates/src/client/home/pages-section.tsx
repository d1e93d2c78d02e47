import { Link } from 'react-router';
import type { ContentPage } from '../app/project.tsx';
import { Icon } from '../ui/icons.tsx';

/** The pages of text: in full where they are all there is, otherwise their beginnings. */
export function PagesSection({ pages, inFull }: { pages: readonly ContentPage[]; inFull: boolean }) {
  return inFull ? pages.map((page) => <PageInFull key={page.path} page={page} />) : <PageTeasers pages={pages} />;
}

function PageInFull({ page: { path, title, text } }: { page: ContentPage }) {
  return (
    <section className="border-line border-b last:border-b-0 odd:bg-surface">
      <div className="container grid gap-6 py-14 md:grid-cols-[1fr_2fr]">
        <h2 className="font-bold text-3xl tracking-tight">
          <Link to={path} className="rounded underline-offset-8 hover:underline">
            {title}
          </Link>
        </h2>
        <div className="space-y-4 text-lg leading-relaxed">
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </div>
    </section>
  );
}

function PageTeasers({ pages }: { pages: readonly ContentPage[] }) {
  return (
    <section aria-labelledby="pages-title" className="container py-12">
      <h2 id="pages-title" className="font-bold text-2xl tracking-tight">
        Read more
      </h2>
      <ul className="mt-6 grid grid-cols-[repeat(auto-fit,minmax(min(100%,18rem),1fr))] gap-6">
        {pages.map(({ path, title, text }) => (
          <li key={path}>
            <Link
              to={path}
              className="group flex h-full flex-col rounded-2xl border border-line bg-surface p-6 shadow-soft hover:border-edge"
            >
              <h3 className="font-semibold text-lg group-hover:underline">{title}</h3>
              <p className="mt-2 line-clamp-3 text-muted">{text[0]}</p>
              <Icon name="arrowRight" className="mt-4 size-5 text-link" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

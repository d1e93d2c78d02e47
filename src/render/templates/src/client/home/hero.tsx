import { useProject } from '../app/project.tsx';
import { inSentence } from '../format/words.ts';
import { ButtonLink } from '../ui/button.tsx';

export function Hero() {
  const { name, description, introduction, entities, pages } = useProject();
  const [first] = entities;
  const [firstPage] = pages;
  return (
    <section className="hero border-line border-b">
      <div className="container py-16 sm:py-24">
        <h1 className="max-w-4xl text-balance break-words font-bold text-4xl tracking-tight sm:text-6xl">{name}</h1>
        {description && <p className="mt-6 max-w-2xl text-pretty text-lg text-muted sm:text-xl">{description}</p>}
        {introduction.map((paragraph) => (
          <p key={paragraph} className="mt-4 max-w-2xl text-pretty text-muted">
            {paragraph}
          </p>
        ))}
        <div className="mt-8 flex flex-wrap gap-3">
          {first && (
            <>
              <ButtonLink look="primary" to={first.paths.list}>
                Browse {inSentence(first.pluralLabel)}
              </ButtonLink>
              <ButtonLink icon="plus" to={first.paths.create}>
                New {inSentence(first.label)}
              </ButtonLink>
            </>
          )}
          {!first && firstPage && (
            <ButtonLink look="primary" to={firstPage.path}>
              {firstPage.title}
            </ButtonLink>
          )}
        </div>
      </div>
    </section>
  );
}

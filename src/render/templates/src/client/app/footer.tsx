import { Link } from 'react-router';
import { useProject } from './project.tsx';

export function Footer() {
  const { name, description, pages } = useProject();
  return (
    <footer className="mt-16 border-line border-t">
      <div className="container flex flex-col gap-6 py-10 text-muted text-sm sm:flex-row sm:justify-between">
        <div className="max-w-md">
          <p className="font-semibold text-ink">{name}</p>
          {description && <p className="mt-1 line-clamp-2">{description}</p>}
        </div>
        {pages.length > 0 && (
          <nav aria-label="Footer">
            <ul className="flex flex-wrap gap-x-6 gap-y-2">
              {pages.map(({ path, title }) => (
                <li key={path}>
                  <Link to={path} className="rounded text-link underline-offset-4 hover:underline">
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </footer>
  );
}

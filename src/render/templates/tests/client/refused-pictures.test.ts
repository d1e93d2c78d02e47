import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadAnewForPictures } from '../../src/client/app/refused-pictures.ts';

type Router = Parameters<typeof loadAnewForPictures>[0];

let reload: ReturnType<typeof vi.spyOn>;
let goTo: (key: string) => void;

/** As a page that has just been loaded. */
function loadPage(): void {
  const at = (key: string) => ({ location: { key } }) as Router['state'];
  loadAnewForPictures({
    state: at('first'),
    subscribe: (listener) => {
      goTo = (key) => listener(at(key), {} as Parameters<typeof listener>[1]);
      return () => {};
    },
  });
}

function refuse(blockedURI: string, effectiveDirective = 'img-src'): void {
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI, effectiveDirective }));
}

let listeners: AbortController;

beforeEach(() => {
  sessionStorage.clear();
  reload = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
  listeners = new AbortController();
  const listen = document.addEventListener.bind(document);
  vi.spyOn(document, 'addEventListener').mockImplementation((name, listener) =>
    listen(name, listener, { signal: listeners.signal }),
  );
});

afterEach(() => {
  listeners.abort();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

it('loads the page anew for a picture of a site that it does not know', () => {
  loadPage();
  refuse('https://new.example/a.png');
  expect(reload).toHaveBeenCalledOnce();
});

it('leaves a site alone that the next page refuses, too', () => {
  sessionStorage.setItem('refused-pictures', 'https://new.example');
  loadPage();
  refuse('https://new.example/b.png');
  goTo('second');
  expect(reload).not.toHaveBeenCalled();
  refuse('https://newer.example/b.png');
  expect(reload).toHaveBeenCalledOnce();
});

it('loads no page anew twice in a row', () => {
  sessionStorage.setItem('refused-pictures', 'https://new.example');
  loadPage();
  refuse('https://newer.example/a.png');
  expect(reload).not.toHaveBeenCalled();
  goTo('second');
  expect(reload).toHaveBeenCalledOnce();
});

it('waits for the next page where somebody may be filling in a form', () => {
  document.body.append(document.createElement('form'));
  loadPage();
  refuse('https://new.example/a.png');
  goTo('first');
  expect(reload).not.toHaveBeenCalled();
  goTo('second');
  expect(reload).toHaveBeenCalledOnce();
});

it('does not wait for a search', () => {
  const search = document.createElement('search');
  search.append(document.createElement('form'));
  document.body.append(search);
  loadPage();
  refuse('https://new.example/a.png');
  expect(reload).toHaveBeenCalledOnce();
});

it('has no part in what else is refused', () => {
  loadPage();
  refuse('https://new.example/data', 'connect-src');
  refuse('inline');
  goTo('second');
  expect(reload).not.toHaveBeenCalled();
});

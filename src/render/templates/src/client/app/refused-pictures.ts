import type { DataRouter } from 'react-router';

/** Keeps the sites for which a page was loaded anew, until the next one has read them. */
const key = 'refused-pictures';

/**
 * A page shows pictures of the sites that records named when it was loaded. Where a record that has come since names another site, the
 * page is loaded anew: at once, or where somebody may be filling in a form, when they go to another page. A site that stays
 * refused is left alone, and no page is loaded anew twice in a row.
 */
export function loadAnewForPictures(router: Pick<DataRouter, 'state' | 'subscribe'>): void {
  const tried = sessionStorage.getItem(key)?.split(' ') ?? [];
  sessionStorage.removeItem(key);
  const refused = new Set<string>();
  let shown = router.state.location.key;
  let isAnew = tried.length > 0;

  const loadAnew = (): void => {
    const sites = [...refused].filter((site) => !tried.includes(site));
    if (sites.length === 0 || isAnew) return;
    sessionStorage.setItem(key, sites.join(' '));
    window.location.reload();
  };

  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== 'img-src' || !URL.canParse(blockedURI)) return;
    refused.add(new URL(blockedURI).origin);
    if (![...document.forms].some((form) => form.closest('search') === null)) loadAnew();
  });
  router.subscribe(({ location }) => {
    if (location.key === shown) return;
    shown = location.key;
    isAnew = false;
    loadAnew();
  });
}

/** An address outside of the application. */
export interface OutsideAddress {
  href: string;
  /** The host of a page on the web; undefined for a mailbox or a telephone. */
  site?: string;
  /** The address as a person reads it. */
  text: string;
}

/**
 * What an address leads to, if that is a page on the web, a mailbox or a telephone: `javascript:` and its like must never become a link. A
 * mailbox is one address alone, because what may follow it writes the letter and names further receivers.
 */
export function outsideAddress(address: string): OutsideAddress | undefined {
  if (/^https?:\/\//i.test(address) && URL.canParse(address)) {
    const text = address.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
    return { href: address, site: new URL(address).host, text };
  }
  const [, text] = /^(?:mailto:(?=[^\s?&,;%]+@[^\s?&,;%]+$)|tel:(?=\+?[\d().-]+$))(.+)/i.exec(address) ?? [];
  return text === undefined ? undefined : { href: address, text };
}

/** The address of a picture: on the web, on this server, or inside the value itself. */
export function pictureAddress(value: string): string | undefined {
  return /^(https?:\/\/|\/(?!\/)|data:image\/)/i.test(value) ? value : undefined;
}

/** Whether a picture comes from another site, which the policy of the page may not know yet. */
export function isOfOtherSite(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value) && new URL(value).origin !== window.location.origin;
}

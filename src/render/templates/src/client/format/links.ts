/** The address to link to, or nothing: only web addresses, because `javascript:` and its like must never become a link. */
export function webAddress(value: string): string | undefined {
  return /^https?:\/\//i.test(value) ? value : undefined;
}

/** The address of a picture: on the web, on this server, or inside the value itself. */
export function pictureAddress(value: string): string | undefined {
  return /^(https?:\/\/|\/(?!\/)|data:image\/)/i.test(value) ? value : undefined;
}

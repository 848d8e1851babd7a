/** Removes a readable cookie of this host. */
export function removeCookie(name: string): void {
  try {
    document.cookie = `${name}=; Path=/; Max-Age=0`;
  } catch {
    // A sandboxed page has none.
  }
}

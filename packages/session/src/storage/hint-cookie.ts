/** Removes a readable cookie of this host. */
export function removeCookie(name: string): void {
  document.cookie = `${name}=; Path=/; Max-Age=0`;
}

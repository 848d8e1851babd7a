/** Whether a cookie of that name can be read here. */
export function hasCookie(name: string): boolean {
  try {
    return document.cookie.split(/; */).some((pair) => pair.split('=')[0] === name);
  } catch {
    // A sandboxed page has none.
    return false;
  }
}

/** Whether a cookie of that name can be read here. */
export function hasCookie(name: string): boolean {
  try {
    return `; ${document.cookie}`.includes(`; ${name}=`);
  } catch {
    // A sandboxed page has none.
    return false;
  }
}

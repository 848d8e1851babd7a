/** Whether a cookie of that name is readable. */
export function hasCookie(name: string): boolean {
  try {
    return `; ${document.cookie}`.includes(`; ${name}=`);
  } catch {
    // A sandboxed page has none.
    return false;
  }
}

/** Runs the task unless another tab is running one of this name. Without Web Locks, each tab runs its own. */
export async function runInOneTab(name: string, task: () => Promise<void>): Promise<void> {
  let hasResponded = false;
  try {
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      hasResponded = true;
      return lock === null ? undefined : task();
    });
  } catch (error) {
    if (hasResponded) throw error;
    // Missing, or denied to a page that may store nothing.
    await task();
  }
}

/** Runs the task unless another tab is running one of this name. */
export async function runInOneTab(name: string, task: () => Promise<void>): Promise<void> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (locks === undefined) await task();
  else {
    await locks.request(name, { ifAvailable: true }, (lock) =>
      lock === null ? undefined : task(),
    );
  }
}

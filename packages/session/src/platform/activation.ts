/** Whether the page is loaded ahead of a navigation that may never come. */
function isPrerendering(): boolean {
  return 'prerendering' in document && document.prerendering === true;
}

/**
 * Runs a task when a user has come to the page: at once, unless the browser prerenders it.
 * @see Prerendering Revamped, "document.prerendering"
 */
export function whenActivated<Result>(task: () => Promise<Result>): Promise<Result> {
  if (!isPrerendering()) return task();
  return new Promise<void>((resolve) => {
    document.addEventListener('prerenderingchange', () => resolve(), { once: true });
  }).then(task);
}

/** Whether the page is being prerendered for a navigation that may never happen. */
function isPrerendering(): boolean {
  return Reflect.get(document, 'prerendering') === true;
}

/**
 * Runs a task when the page is activated: immediately, unless the browser prerenders it.
 * @see Prerendering Revamped, "document.prerendering"
 */
export function whenActivated<Result>(task: () => Promise<Result>): Promise<Result> {
  if (!isPrerendering()) return task();
  return new Promise<void>((resolve) => {
    document.addEventListener('prerenderingchange', () => resolve(), { once: true });
  }).then(task);
}

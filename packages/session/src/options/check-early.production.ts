/** Checks nothing: in production, the core checks the options when it is loaded, before it sends anything. */
export function checkEarly(_options: unknown): void {}

import { builtinEnvironments, type Environment } from 'vitest/runtime';

/** The platform's own classes, which happy-dom would replace by imitations that other libraries do not accept. */
const natives = {
  fetch,
  Request,
  Response,
  Headers,
  FormData,
  URL,
  URLSearchParams,
  AbortController,
  AbortSignal,
  DOMException,
};

const happyDom = builtinEnvironments['happy-dom'];

const environment: Environment = {
  ...happyDom,
  name: 'browser',
  async setup(global, options) {
    const running = await happyDom.setup(global, options);
    Object.assign(global, natives);
    return running;
  },
};

// Vitest loads an environment by its default export.
// oxlint-disable-next-line import/no-default-export
export default environment;

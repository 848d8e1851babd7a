/**
 * The demo's hosts, one for each session mode. Browsers resolve any name that ends in `localhost` to this
 * machine; Node may not.
 */
const hosts = /** @type {const} */ ({
  'refresh-token': 'refresh.tidewaiter.localhost',
  'sso-cookie': 'sso.tidewaiter.localhost',
  'token-handler': 'handler.tidewaiter.localhost',
});

/** To a browser the same site as the demo's own hosts. */
const loginHost = 'login.tidewaiter.localhost';

/** @typedef {keyof typeof hosts} Mode */

/**
 * The session mode of a host; `refresh-token` on any host that is not the demo's.
 *
 * @param {string | undefined} host as in the header of that name, with or without a port
 * @returns {Mode}
 */
export function modeOf(host) {
  const name = host?.replace(/:\d+$/, '').toLowerCase();
  if (name === hosts['sso-cookie']) return 'sso-cookie';
  return name === hosts['token-handler'] ? 'token-handler' : 'refresh-token';
}

/**
 * The URL of the demo in each session mode.
 *
 * @param {string} url where its server listens, by the name `localhost`
 * @returns {Record<Mode, string>}
 */
export function urlsOf(url) {
  return {
    'refresh-token': withHost(url, hosts['refresh-token']),
    'sso-cookie': withHost(url, hosts['sso-cookie']),
    'token-handler': withHost(url, hosts['token-handler']),
  };
}

/**
 * The mock of Sesamy by a name on the demo's own site, as a publisher's custom domain would be.
 *
 * @param {string} mockUrl
 */
export function customDomainOf(mockUrl) {
  return withHost(mockUrl, loginHost);
}

/**
 * @param {string} url
 * @param {string} host
 */
function withHost(url, host) {
  return Object.assign(new URL(url), { hostname: host }).href;
}

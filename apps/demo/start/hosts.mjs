/**
 * The demo's hosts, one for each session mode, and one where the kit chooses. Browsers resolve any name that ends in `localhost` to this
 * machine; Node may not.
 */
const hosts = /** @type {const} */ ({
  'refresh-token': 'refresh.tidewaiter.localhost',
  'sso-cookie': 'sso.tidewaiter.localhost',
  'token-handler': 'handler.tidewaiter.localhost',
  auto: 'auto.tidewaiter.localhost',
});

/** To a browser the same site as the demo's own hosts. */
const loginHost = 'login.tidewaiter.localhost';

/** @typedef {keyof typeof hosts} Mode What a page is configured with. */

/** @type {readonly Mode[]} */
const modes = ['refresh-token', 'sso-cookie', 'token-handler', 'auto'];

/** The hosts whose web server proxies the paths of the token handler. @type {readonly Mode[]} */
const handlerModes = ['token-handler', 'auto'];

/**
 * The session mode of a host; `refresh-token` on any host that is not the demo's.
 *
 * @param {string | undefined} host as in the header of that name, with or without a port
 * @returns {Mode}
 */
export function modeOf(host) {
  const name = host?.replace(/:\d+$/, '').toLowerCase();
  return modes.find((mode) => hosts[mode] === name) ?? 'refresh-token';
}

/**
 * Whether a host has a token handler.
 *
 * @param {string | undefined} host as in the header of that name, with or without a port
 */
export function hasHandler(host) {
  return handlerModes.includes(modeOf(host));
}

/**
 * The callbacks of the token handlers of the demo's hosts.
 *
 * @param {Readonly<Record<Mode, string>>} urls
 * @param {string} clientId
 */
export function handlerCallbacksOf(urls, clientId) {
  return handlerModes.map((mode) => `${urls[mode]}sesamy/auth/${clientId}/callback`);
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
    auto: withHost(url, hosts.auto),
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

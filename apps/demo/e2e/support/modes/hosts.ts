/** Hosts of the tests over https; every one of them is this machine. */
export const hosts = {
  app: 'app.publisher.test',
  /** Sesamy on the publisher's own domain: the same site as the app. */
  sameSiteIssuer: 'login.publisher.test',
  /** Sesamy's own: another site. */
  crossSiteIssuer: 'token.sesamy.test',
  api: 'api.sesamy.test',
  /** The app on a site with three labels, which only browsers can tell. */
  britishApp: 'app.publisher.co.uk',
  /** Another party's page on the publisher's domain: the same site, another origin. */
  sibling: 'evil.publisher.test',
  /** Another party's page on another site. */
  stranger: 'stranger.test',
} as const;

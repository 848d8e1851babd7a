/** Hosts of the tests over https; every one of them is this machine. */
export const hosts = {
  app: 'app.publisher.test',
  /** Sesamy on the publisher's own domain: the same site as the app. */
  sameSiteIssuer: 'login.publisher.test',
  /** Sesamy's own: another site. */
  crossSiteIssuer: 'token.sesamy.test',
  api: 'api.sesamy.test',
  /** The app where a site has three labels, as only browsers know. */
  britishApp: 'app.publisher.co.uk',
  /** Somebody else's page on the publisher's domain: the same site, another origin. */
  sibling: 'evil.publisher.test',
  /** Somebody else's page elsewhere. */
  stranger: 'stranger.test',
} as const;

/** How bad a finding is. Only an `error` fails the command. */
export type Level = 'ok' | 'info' | 'warning' | 'error';

/** The name of a check. */
export type FindingId = 'issuer-reachable' | 'issuer-identifier' | 'token-cors';

/** The explanation of one level of a check. */
export interface Explanation {
  readonly means: string;
  readonly cure?: string;
}

/** A check: a page about its subject, and an explanation of each level that it may find. */
export interface Check {
  readonly link: string;
  readonly levels: { readonly [level in Level]?: Explanation };
}

/** Every check. The README's table is made of it. */
export const CATALOG: Readonly<Record<FindingId, Check>> = {
  'issuer-reachable': {
    link: 'https://developers.sesamy.com/authentication/oauth.html',
    levels: {
      ok: { means: 'The authorization server responds.' },
      error: {
        means: 'No login can start, and the other checks of the server are left out.',
        cure: 'Check the spelling of the issuer, its DNS record and certificate, and the network of this machine.',
      },
    },
  },
  'issuer-identifier': {
    link: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation',
    levels: {
      ok: { means: 'ID Tokens of this server pass the check of `iss`.' },
      warning: {
        means:
          'The identifier could not be compared. If ID Tokens carry another `iss`, every login is rejected.',
        cure: 'Compare the `iss` of an ID Token with the issuer, character by character.',
      },
      error: {
        means: 'ID Tokens carry another `iss` than the kit expects, so every login is rejected.',
        cure: 'Configure the issuer exactly as the server writes it, or use the domain that you mean to log in at.',
      },
    },
  },
  'token-cors': {
    link: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
    levels: {
      ok: { means: 'Scripts of the app can read the responses of the token endpoint.' },
      error: {
        means:
          'The browser hides the token response from the app, so logins end with the error `network`.',
        cure: "Let the token endpoint allow the app's origin, e.g. by adding it to the application's web origins.",
      },
    },
  },
};

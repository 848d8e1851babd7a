import { decodeJwt } from 'jose/jwt/decode';
import { findUser, type ServerState } from './state.js';

/** The endpoints, as faults and request assertions name them. */
export const ENDPOINT_NAMES = [
  'discovery',
  'jwks',
  'authorize',
  'login',
  'token',
  'userinfo',
  'revoke',
  'logout',
  'profile',
  'management',
  'token-handler',
  'other',
] as const;

/** The name of an endpoint. */
export type EndpointName = (typeof ENDPOINT_NAMES)[number];

/** The facts of a request, read before its response. */
export interface RequestFacts {
  readonly endpoint: EndpointName;
  /** Path below the issuer, without the query. */
  readonly path: string;
  /** Parameters of the query, or of a form or JSON body. */
  readonly params: Readonly<Record<string, string>>;
  /** Names of repeated parameters; OAuth forbids them. */
  readonly repeated: readonly string[];
  /** Whether the body could not be read as form or JSON. */
  readonly isMalformed: boolean;
  readonly grant: string | null;
  readonly clientId: string | null;
  /** Id of the user whose code or token this is, such as `ada`. */
  readonly user: string | null;
  readonly sessionId: string | null;
}

const ENDPOINTS: readonly (readonly [prefix: string, endpoint: EndpointName])[] = [
  ['/.well-known/jwks.json', 'jwks'],
  ['/.well-known/', 'discovery'],
  ['/authorize', 'authorize'],
  ['/u/', 'login'],
  ['/oauth/token', 'token'],
  ['/oauth/revoke', 'revoke'],
  ['/userinfo', 'userinfo'],
  ['/v2/logout', 'logout'],
  ['/oidc/logout', 'logout'],
  ['/client/v1/profile', 'profile'],
  ['/profile', 'profile'],
  ['/management', 'management'],
  ['/auth/', 'token-handler'],
];

/** An empty prototype: objects without any prototype are slow dictionaries. */
const NO_FIELDS: object = Object.freeze(Object.create(null));

/**
 * Reads the facts of a request. Never throws: a bad body is a fact too.
 * @param base path in front of the routes
 */
export async function readRequestFacts(
  request: Request,
  state: ServerState,
  base: string,
): Promise<RequestFacts> {
  const url = new URL(request.url);
  const path = url.pathname.slice(base.length);
  const endpoint = ENDPOINTS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
  const isForm = takesParameters(endpoint, request);
  const body = isForm ? await readBody(request) : null;
  const entries = body ?? url.searchParams;
  const params: Record<string, string> = Object.create(NO_FIELDS);
  const repeated: string[] = [];
  for (const [name, value] of entries) {
    if (name in params) repeated.push(name);
    else params[name] = value;
  }
  const clientId = params['client_id'] ?? readBasic(request)?.user;
  const login = state.logins.get(loginIdOf(path, url) ?? '');
  return {
    endpoint,
    path,
    params,
    repeated,
    isMalformed: body === null && isForm,
    grant: endpoint === 'token' ? (params['grant_type'] ?? null) : null,
    clientId: clientId ?? login?.request.clientId ?? null,
    ...(login ? { user: login.userId, sessionId: null } : subjectOf(request, params, state)),
  };
}

/** User and password of an `Authorization: Basic` header, decoded as RFC 6749 section 2.3.1 requires. */
export function readBasic(request: Request): { user: string; password: string } | null {
  const match = /^basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.get('authorization') ?? '');
  if (!match?.[1]) return null;
  const [user = '', ...rest] = atob64(match[1]).split(':');
  return { user: formDecode(user), password: formDecode(rest.join(':')) };
}

/** The token of an `Authorization: Bearer` header. */
export function readBearer(request: Request): string | null {
  return /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

const FORM_ENDPOINTS: readonly EndpointName[] = [
  'authorize',
  'login',
  'logout',
  'revoke',
  'token',
  'userinfo',
];

function takesParameters(endpoint: EndpointName, request: Request): boolean {
  return request.method === 'POST' && FORM_ENDPOINTS.includes(endpoint);
}

async function readBody(request: Request): Promise<Iterable<[string, string]> | null> {
  const type = request.headers.get('content-type') ?? '';
  // The handler of an endpoint never reads the body again: it works with these parameters.
  const text = await request.text();
  if (text === '') return [];
  if (type.includes('json')) return jsonEntries(text);
  if (type.includes('application/x-www-form-urlencoded')) return new URLSearchParams(text);
  return null;
}

function jsonEntries(text: string): [string, string][] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.entries(value).flatMap(([name, each]): [string, string][] =>
      typeof each === 'string'
        ? [[name, each]]
        : typeof each === 'number'
          ? [[name, String(each)]]
          : [],
    );
  } catch {
    return null;
  }
}

function subjectOf(
  request: Request,
  params: Readonly<Record<string, string>>,
  state: ServerState,
): { user: string | null; sessionId: string | null } {
  const refresh = state.refreshTokens.get(
    (params['refresh_token'] ?? params['token'] ?? '').split('.')[0] ?? '',
  );
  const grant =
    state.codes.get(params['code'] ?? '') ?? (refresh && state.families.get(refresh.familyId));
  if (grant) return { user: grant.userId, sessionId: grant.sessionId };
  const bearer = readBearer(request);
  if (!bearer) return { user: null, sessionId: null };
  try {
    const { sub, sid } = decodeJwt<{ sid?: unknown }>(bearer);
    return {
      user: (sub && findUser(state, sub)?.id) || null,
      sessionId: typeof sid === 'string' ? sid : null,
    };
  } catch {
    return { user: null, sessionId: null };
  }
}

/** The login page and the step after it identify their login by `state`. */
function loginIdOf(path: string, url: URL): string | null {
  const isLogin = path.startsWith('/u/') || path === '/authorize/resume';
  return isLogin ? url.searchParams.get('state') : null;
}

function atob64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

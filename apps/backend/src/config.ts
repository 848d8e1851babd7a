/** Configuration of the backend. */
export interface BackendConfig {
  /** The issuer of the users' access tokens. Default: Sesamy. */
  issuer?: string | undefined;
  /** Where the Management API is. Default: Sesamy's. */
  apiUrl?: string | undefined;
  /** The audience of both kinds of token. Default: Sesamy's. */
  audience?: string | undefined;
  /** The publisher whose users are accepted. */
  publisherId: string;
  clientId: string;
  clientSecret: string;
  /** Origins of the pages that may call this backend. */
  allowedOrigins: readonly string[];
  /** Receives every failure between the backend and Sesamy. */
  log: (error: unknown) => void;
  /** Replaces the global `fetch`, for tests. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** The port listened on unless PORT says otherwise. */
export const defaultPort = 4500;

/**
 * Reads the configuration and the port from environment variables; `.env.example` names them.
 *
 * @throws Error that names every missing variable, or the valid values of PORT.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): Omit<BackendConfig, 'log'> & { port: number } {
  const required = [
    'SESAMY_PUBLISHER_ID',
    'SESAMY_CLIENT_ID',
    'SESAMY_CLIENT_SECRET',
    'ALLOWED_ORIGINS',
  ];
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new Error(`Set ${missing.join(', ')} in the environment. See apps/backend/.env.example.`);
  }
  return {
    issuer: env['SESAMY_ISSUER'] || undefined,
    apiUrl: env['SESAMY_API_URL'] || undefined,
    audience: env['SESAMY_AUDIENCE'] || undefined,
    publisherId: env['SESAMY_PUBLISHER_ID'] ?? '',
    clientId: env['SESAMY_CLIENT_ID'] ?? '',
    clientSecret: env['SESAMY_CLIENT_SECRET'] ?? '',
    port: readPort(env['PORT']),
    allowedOrigins: (env['ALLOWED_ORIGINS'] ?? '').split(',').map((origin) => origin.trim()),
  };
}

function readPort(text: string | undefined): number {
  const port = Number(text || defaultPort);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT must be a number from 0 to 65535, not "${text}".`);
}

export interface Config {
  readonly port: number;
  /** Whose readers are accepted: Sesamy's other publishers share its issuer. */
  readonly publisherId: string;
  /** Default: Sesamy. */
  readonly issuer: string | undefined;
}

/** @throws Error that names the missing variable */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const publisherId = env['SESAMY_PUBLISHER_ID'];
  if (!publisherId) throw new Error('Set SESAMY_PUBLISHER_ID to the id of your publisher.');
  return { publisherId, issuer: env['SESAMY_ISSUER'], port: Number(env['API_PORT'] ?? 3000) };
}

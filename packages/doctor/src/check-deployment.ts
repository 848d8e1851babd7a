import { checkIssuer } from './checks/issuer.js';
import { checkTokenCors } from './checks/token-cors.js';
import type { Finding } from './finding.js';
import { createEnvironment, type Environment } from './http.js';
import { resolveSetup, type SetupOptions } from './setup.js';

/**
 * Checks a deployed set-up from outside of a browser. Sends requests to the issuer and the app's origin without any
 * credentials; changes nothing there.
 * @throws AuthError `invalid_configuration` or TypeError for a wrong option; whatever the servers do is a finding
 */
export async function checkDeployment(
  options: SetupOptions,
  given: Partial<Environment> = {},
): Promise<readonly Finding[]> {
  const setup = resolveSetup(options);
  const environment = createEnvironment(given);
  const issuer = await checkIssuer(setup, environment);
  if (!issuer.isReachable) return issuer.findings;
  return [...issuer.findings, ...(await checkTokenCors(setup, environment))];
}

import { checkApi } from './checks/api.js';
import { checkAuthorization } from './checks/authorization.js';
import { checkEndpoints, readEndpoints } from './checks/endpoints.js';
import { checkIssuer, type Metadata } from './checks/issuer.js';
import { checkLogout } from './checks/logout.js';
import { checkOrigin } from './checks/origin.js';
import { checkPage } from './checks/page.js';
import { checkProject } from './checks/project.js';
import { checkTokenHandler } from './checks/token-handler.js';
import { checkToken } from './checks/token.js';
import { chooseMode } from './choose-mode.js';
import { inOrder, type Finding } from './finding.js';
import { createEnvironment, type Environment } from './http.js';
import { resolveSetup, type Setup, type SetupOptions } from './setup.js';

/**
 * Checks a deployed set-up from outside of a browser. Sends requests to the issuer, the API and the app's origin without
 * cookies; apart from `refreshToken`, which is used up, it changes nothing there.
 * @throws AuthError `invalid_configuration` or TypeError for a wrong option; whatever the servers do is a finding
 */
export async function checkDeployment(
  options: SetupOptions,
  given: Partial<Environment> = {},
): Promise<readonly Finding[]> {
  const environment = createEnvironment(given);
  const choice = await chooseMode(options, environment);
  const setup = resolveSetup(options, choice.mode);
  const isHandled = setup.mode === 'token-handler';
  const { projectDirectory } = options;
  const pageUrl = isHandled ? `${setup.origin}/` : setup.redirectUri;
  const [page, ...groups] = await Promise.all([
    checkPage(setup, environment, pageUrl),
    checkServer(setup, environment),
    isHandled ? checkTokenHandler(setup, environment) : checkApi(setup, environment),
  ]);
  return inOrder([
    ...choice.findings,
    ...page.findings,
    ...groups.flat(),
    ...checkOrigin(setup),
    ...(projectDirectory === undefined ? [] : checkProject(projectDirectory)),
  ]);
}

async function checkServer(setup: Setup, environment: Environment): Promise<readonly Finding[]> {
  const { findings, isReachable, metadata } = await checkIssuer(setup, environment);
  if (!isReachable) return findings;
  return [...findings, ...(await checkClient(setup, environment, metadata))];
}

/** Checks what the server does with the app's requests. A token handler sends those of the token endpoint itself. */
async function checkClient(
  setup: Setup,
  environment: Environment,
  metadata: Metadata | null,
): Promise<readonly Finding[]> {
  const isHandled = setup.mode === 'token-handler';
  const endpoints = readEndpoints(setup, metadata);
  const [authorization, token, logout] = await Promise.all([
    checkAuthorization(setup, environment, endpoints.authorization, metadata),
    checkToken(setup, environment, endpoints.token, metadata),
    checkLogout(setup, environment),
  ]);
  const statuses = { authorization: authorization.status, token: token.status };
  const tokenFindings = [
    ...token.findings,
    ...(authorization.isClientKnown ? token.clientFindings : []),
  ];
  return [
    checkEndpoints(setup, metadata, statuses),
    ...authorization.findings,
    ...(isHandled ? [] : [...tokenFindings, ...logout]),
  ];
}

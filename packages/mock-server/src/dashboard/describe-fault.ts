import type { FaultEffect, FaultScope } from '../control/fault-options.js';

/** What a fault does, in words. */
export function describeEffect(effect: FaultEffect): string {
  const { delayMs, status, body, headers, idToken, tokenAnswer, authorizationResponse } = effect;
  const names = Object.keys(headers ?? {});
  const parts = [
    delayMs === undefined ? '' : `waits ${delayMs} ms`,
    effect.hang ? 'never responds' : '',
    effect.reset ? 'cuts the connection' : '',
    effect.truncate ? 'cuts the response in the middle' : '',
    effect.loseAnswer ? 'loses the response after the work' : '',
    status === undefined ? '' : `responds ${status}`,
    body === undefined ? '' : 'with a custom body',
    names.length === 0 ? '' : `sends ${names.join(', ')}`,
    idToken === undefined ? '' : `ID token: ${idToken}`,
    tokenAnswer === undefined ? '' : `token response: ${tokenAnswer}`,
    authorizationResponse === undefined ? '' : `authorization response: ${authorizationResponse}`,
    effect.discoveryIssuer === undefined ? '' : `discovery names ${effect.discoveryIssuer}`,
    effect.userinfoSub === undefined ? '' : `userinfo is about ${effect.userinfoSub}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Which requests a fault hits, in words. */
export function describeScope(scope: FaultScope): string {
  const { endpoint, grant, clientId, user, sessionId, method } = scope;
  const parts = [
    endpoint === undefined ? '' : `endpoint ${endpoint}`,
    grant === undefined ? '' : `grant ${grant}`,
    clientId === undefined ? '' : `application ${clientId}`,
    user === undefined ? '' : user === '*' ? 'any user' : `user ${user}`,
    sessionId === undefined ? '' : `session ${sessionId}`,
    method === undefined ? '' : `method ${method}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'any request' : parts.join(', ');
}

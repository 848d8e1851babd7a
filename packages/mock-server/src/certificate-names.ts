/** Whether a host name is for local use: in `localhost` or `test`, which never are real domains (RFC 6761). */
export function isLocalName(hostName: string): boolean {
  return /(?:^|\.)(?:localhost|test)$/.test(hostName);
}

/** Whether the URL is on this machine. @see W3C Secure Contexts section 3.1 */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

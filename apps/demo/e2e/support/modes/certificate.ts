import { generate } from 'selfsigned';
import type { Tls } from '../listen.js';

/** Creates a self-signed certificate. Browsers must be configured to accept it. */
export async function makeCertificate(hostNames: readonly string[]): Promise<Tls> {
  const made = await generate([{ name: 'commonName', value: 'end-to-end tests' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'subjectAltName', altNames: hostNames.map((value) => ({ type: 2, value })) },
    ],
  });
  return { key: made.private, cert: made.cert };
}

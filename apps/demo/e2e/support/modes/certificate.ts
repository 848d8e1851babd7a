import { generate } from 'selfsigned';
import type { Tls } from '../listen.js';

/** Makes a certificate that nobody has signed. Browsers must be told to put up with it. */
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

import { AsnConvert } from '@peculiar/asn1-schema';
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { isLocalName } from './certificate-names.js';

/** A certificate chain in PEM, and the key of its leaf. */
export interface CertificateChain {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A CA for as long as it is referenced: its key is in memory only. */
export interface Authority {
  /** Makes a server certificate for host names and this machine's loopback addresses. */
  issue(hostNames: readonly string[]): Promise<CertificateChain>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const LOCAL_DOMAINS = ['localhost', 'test'];
const LOOPBACK_RANGES = ['127.0.0.0/8', '::1/128'];
const NAME_CONSTRAINTS_OID = '2.5.29.30';
const HOUR_MS = 3_600_000;

/**
 * Makes a server certificate and a CA that signed it and nothing else: its key is dropped.
 * @param hostNames names of the certificate; those outside of `localhost` and `test` widen what the CA can vouch for
 */
export async function makeCertificate(
  hostNames: readonly string[],
  notAfter: Date,
): Promise<CertificateChain> {
  const others = hostNames.filter((name) => !isLocalName(name));
  const authority = await createAuthority([...LOCAL_DOMAINS, ...others], notAfter);
  return authority.issue(hostNames);
}

/**
 * Creates a CA whose certificates clients accept for the domains, whatever is below them and loopback addresses only.
 * @see RFC 5280 section 4.2.1.10
 */
export async function createAuthority(
  domains: readonly string[],
  notAfter: Date,
): Promise<Authority> {
  const notBefore = new Date(Date.now() - HOUR_MS);
  const caKeys = await generateKeys();
  const serialNumber = randomSerialNumber();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=sesamy-mock CA ${serialNumber.slice(-8)}`,
    serialNumber,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      nameConstraints(domains),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });

  return {
    issue: async (hostNames) => {
      const keys = await generateKeys();
      const cert = await x509.X509CertificateGenerator.create({
        subject: 'CN=sesamy-mock',
        issuer: ca.subject,
        serialNumber: randomSerialNumber(),
        notBefore,
        notAfter,
        signingAlgorithm: ALGORITHM,
        publicKey: keys.publicKey,
        signingKey: caKeys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension([
            ...hostNames.map((value) => ({ type: 'dns' as const, value })),
            { type: 'ip', value: '127.0.0.1' },
            { type: 'ip', value: '::1' },
          ]),
          await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
        ],
      });
      const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
      return {
        ca: `${ca.toString('pem')}\n`,
        cert: `${cert.toString('pem')}\n`,
        key: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
      };
    },
  };
}

function nameConstraints(domains: readonly string[]): x509.Extension {
  const names = [
    // A constraint on a domain covers its subdomains; a wildcard is not allowed in it.
    ...domains.map((domain) => new GeneralName({ dNSName: domain.replace(/^\*\./, '') })),
    ...LOOPBACK_RANGES.map((range) => new GeneralName({ iPAddress: range })),
  ];
  const permittedSubtrees = new GeneralSubtrees(names.map((base) => new GeneralSubtree({ base })));
  const value = AsnConvert.serialize(new NameConstraints({ permittedSubtrees }));
  return new x509.Extension(NAME_CONSTRAINTS_OID, true, value);
}

function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Positive, as RFC 5280 section 4.1.2.2 demands. */
function randomSerialNumber(): string {
  return `01${Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex')}`;
}

import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate with its key, both as PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of a test's own, which nobody else trusts. */
export interface TlsAuthority {
  readonly certificate: string;
  /** Issues a certificate for servers and clients of this name and the loopback address. */
  issue(name: string): Promise<IssuedCertificate>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;

/** Makes an authority that is valid from an hour ago until in an hour. */
export async function createTlsAuthority(name: string): Promise<TlsAuthority> {
  const keys = await createKeys();
  const validity = {
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + HOUR_MS),
  };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${name}`, keys, signingAlgorithm: ALGORITHM, ...validity },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    certificate: authority.toString('pem'),
    async issue(subject) {
      const own = await createKeys();
      const issued = await x509.X509CertificateGenerator.create({
        ...{ subject: `CN=${subject}`, issuer: authority.subject, ...validity },
        ...{ signingKey: keys.privateKey, publicKey: own.publicKey, signingAlgorithm: ALGORITHM },
        extensions: [
          new x509.SubjectAlternativeNameExtension([
            { type: 'dns', value: subject },
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
          ]),
          new x509.ExtendedKeyUsageExtension([
            x509.ExtendedKeyUsage.serverAuth,
            x509.ExtendedKeyUsage.clientAuth,
          ]),
        ],
      });
      return { certificate: issued.toString('pem'), key: await toPem(own.privateKey) };
    },
  };
}

function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}

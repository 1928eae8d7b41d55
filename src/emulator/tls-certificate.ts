import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type * as X509 from '@peculiar/x509';
import type { TlsIdentity } from './tls-identity';

/** Every client of the API takes it, and it is made in a millisecond. */
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Before now, for clients whose clock is late; longer than any test runs. */
const VALID_BEFORE_MS = 3_600_000;
const VALID_AFTER_MS = 365 * 86_400_000;

/** A server's identity and the certificate authority that vouches for it. */
export interface IssuedIdentity extends TlsIdentity {
  /** PEM; what a client has to trust. Its key is forgotten: nothing else can be issued with it. */
  readonly caCertificate: string;
}

/**
 * Makes a certificate authority of its own and a server certificate signed by it.
 *
 * @param names - DNS names and addresses the server is reached by
 * @param nowMs - wall clock; the certificates are valid from an hour before to a year after it
 */
export async function issueTlsIdentity(
  names: readonly string[],
  nowMs: number,
): Promise<IssuedIdentity> {
  const x509 = await loadX509();
  const validity = {
    notBefore: new Date(nowMs - VALID_BEFORE_MS),
    notAfter: new Date(nowMs + VALID_AFTER_MS),
  };
  const [caKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=tairfleet emulator CA',
    serialNumber: '01',
    keys: caKeys,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=tairfleet emulator',
    issuer: ca.subject,
    serialNumber: '02',
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map<{ type: 'dns' | 'ip'; value: string }>((value) => ({
          type: isIP(value) === 0 ? 'dns' : 'ip',
          value,
        })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return {
    certificate: server.toString('pem'),
    privateKey: x509.PemConverter.encode(
      await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey),
      x509.PemConverter.PrivateKeyTag,
    ),
    caCertificate: ca.toString('pem'),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

/** Loaded when it is needed: that takes longer than all the rest of the emulator's start. */
async function loadX509(): Promise<typeof X509> {
  // The library registers its parts by decorators, which need this first.
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// The certificate library registers its parts by decorators, which need this first.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
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
  const validity = {
    notBefore: new Date(nowMs - VALID_BEFORE_MS),
    notAfter: new Date(nowMs + VALID_AFTER_MS),
  };
  const [caKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=tairfleet emulator CA',
    serialNumber: '01',
    keys: caKeys,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const server = await X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=tairfleet emulator',
    issuer: ca.subject,
    serialNumber: '02',
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map<{ type: 'dns' | 'ip'; value: string }>((value) => ({
          type: isIP(value) === 0 ? 'dns' : 'ip',
          value,
        })),
      ),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return {
    certificate: server.toString('pem'),
    privateKey: await toPem(serverKeys.privateKey),
    caCertificate: ca.toString('pem'),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

async function toPem(privateKey: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', privateKey),
    PemConverter.PrivateKeyTag,
  );
}

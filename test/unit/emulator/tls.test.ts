import { request } from 'node:https';
import { X509Certificate } from 'node:crypto';
import { startEmulator } from '../../../src/emulator/main';
import type { EmulatorOptions, RunningEmulator } from '../../../src/emulator/main';
import { issueTlsIdentity } from '../../../src/emulator/tls-certificate';

/** The status of a call over HTTPS, by a client that trusts one authority only. */
function getStatus(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/_emulator/stats`, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('TLS', () => {
  const running: RunningEmulator[] = [];
  afterEach(async () => {
    for (const emulator of running.splice(0)) await emulator.close();
  });
  const start = async (tls: EmulatorOptions['tls']): Promise<RunningEmulator> => {
    const emulator = await startEmulator(tls === undefined ? {} : { tls });
    running.push(emulator);
    return emulator;
  };

  it('is off unless asked for', async () => {
    const emulator = await start(undefined);
    expect([emulator.tlsUrl, emulator.caCertificate]).toEqual([undefined, undefined]);
  });

  it('serves the same emulator to clients that trust the authority made at the start', async () => {
    const { url, tlsUrl = '', caCertificate = '' } = await start({});
    expect(await getStatus(tlsUrl, caCertificate)).toBe(200);
    expect(await getStatus(tlsUrl.replace('127.0.0.1', 'localhost'), caCertificate)).toBe(200);
    await fetch(`${url}/_emulator/config`, { method: 'PUT', body: '{"quota":7}' });
    expect((await fetch(`${url}/_emulator/stats`)).status).toBe(200);
  });

  it('is refused by clients that trust another authority', async () => {
    const { tlsUrl = '' } = await start({});
    const { caCertificate } = await issueTlsIdentity(['localhost'], Date.now());
    await expect(getStatus(tlsUrl, caCertificate)).rejects.toThrow(/certificate|self.signed/i);
  });

  it('takes a certificate that it is given, and then makes no authority', async () => {
    const identity = await issueTlsIdentity(['127.0.0.1'], Date.now());
    const emulator = await start({ identity });
    expect(emulator.caCertificate).toBeUndefined();
    expect(await getStatus(emulator.tlsUrl ?? '', identity.caCertificate)).toBe(200);
  });

  it('makes a certificate for the names it is told, valid now', async () => {
    const nowMs = Date.parse('2026-01-01T00:00:00Z');
    const issued = await issueTlsIdentity(['emulator', '10.0.0.7'], nowMs);
    const leaf = new X509Certificate(issued.certificate);
    const ca = new X509Certificate(issued.caCertificate);
    expect(leaf.subjectAltName).toBe('DNS:emulator, IP Address:10.0.0.7');
    expect([leaf.verify(ca.publicKey), leaf.ca, ca.ca]).toEqual([true, false, true]);
    expect(Date.parse(leaf.validFrom)).toBeLessThan(nowMs);
    expect(Date.parse(leaf.validTo)).toBeGreaterThan(nowMs);
  });

  it('frees the port of HTTP when HTTPS cannot start', async () => {
    const taken = await start({});
    const port = Number(new URL(taken.tlsUrl ?? '').port);
    await expect(startEmulator({ tls: { port } })).rejects.toThrow('EADDRINUSE');
    await expect(
      startEmulator({ tls: { identity: { certificate: 'x', privateKey: 'x' } } }),
    ).rejects.toThrow();
  });
});

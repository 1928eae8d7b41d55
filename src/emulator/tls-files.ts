import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TlsOptions } from './start-emulator';
import type { TlsIdentity } from './tls-identity';

/** What the command line says about TLS. */
export interface TlsFlags {
  readonly tls?: boolean;
  /** A free one when left out. */
  readonly tlsPort?: number;
  readonly tlsName?: readonly string[];
  readonly tlsCaFile?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/**
 * The TLS part of the start options. Whoever says anything about TLS wants it; throws when what is
 * said contradicts itself, or names a file that cannot be read.
 *
 * @param flags - as the command line gave them
 * @returns undefined when they say nothing about TLS
 */
export function toTlsOptions(flags: TlsFlags): TlsOptions | undefined {
  const { tls, tlsPort, tlsName, tlsCaFile } = flags;
  const identity = readIdentity(flags);
  const isWanted = tls === true || [tlsPort, tlsName, tlsCaFile].some((flag) => flag !== undefined);
  if (!isWanted && identity === undefined) return undefined;
  return {
    port: tlsPort ?? 0,
    names: tlsName ?? [],
    ...(identity === undefined ? {} : { identity }),
  };
}

function readIdentity(flags: TlsFlags): TlsIdentity | undefined {
  const { tlsCert, tlsKey } = flags;
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Error('--tls-cert and --tls-key belong together: give both, or neither.');
  }
  if (flags.tlsCaFile !== undefined || flags.tlsName !== undefined) {
    throw new Error(
      '--tls-ca-file and --tls-name are about a certificate that is made at the start: leave them out, or --tls-cert and --tls-key.',
    );
  }
  return { certificate: readFileSync(tlsCert, 'utf8'), privateKey: readFileSync(tlsKey, 'utf8') };
}

/** The file a client is given to trust the emulator. */
export interface CaFile {
  readonly path: string;
  /** Removes it, unless its path was chosen by the user. */
  remove(): void;
}

/** Writes the certificate of the authority, into a new temporary folder unless a path is given. */
export function writeCaFile(caCertificate: string, path: string | undefined): CaFile {
  const target = path ?? join(mkdtempSync(join(tmpdir(), 'tairfleet-ca-')), 'ca.pem');
  writeFileSync(target, `${caCertificate}\n`);
  return {
    path: target,
    remove: () => {
      if (path === undefined) rmSync(dirname(target), { recursive: true, force: true });
    },
  };
}

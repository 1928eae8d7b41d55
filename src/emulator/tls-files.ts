import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TlsOptions } from './start-emulator';
import type { TlsIdentity } from './tls-identity';

/** What the command line says about TLS. */
export interface TlsFlags {
  readonly tls?: boolean;
  readonly tlsPort: number;
  readonly tlsName?: readonly string[];
  readonly tlsCaFile?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** The TLS part of the start options; undefined when the flags ask for none. Throws on a bad file. */
export function toTlsOptions(flags: TlsFlags): TlsOptions | undefined {
  const identity = readIdentity(flags);
  if (flags.tls !== true && identity === undefined) return undefined;
  return {
    port: flags.tlsPort,
    names: flags.tlsName ?? [],
    ...(identity === undefined ? {} : { identity }),
  };
}

function readIdentity({ tlsCert, tlsKey }: TlsFlags): TlsIdentity | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Error('--tls-cert and --tls-key belong together: give both, or neither.');
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

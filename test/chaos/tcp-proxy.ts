import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { constants, gunzipSync } from 'node:zlib';

const LOOPBACK = '127.0.0.1';
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);

/** A client's connection and the one that it is passed on by. */
interface Pair {
  readonly client: Socket;
  readonly target: Socket;
}

/** The network between two programs, which a test can break: it passes bytes on until told otherwise. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private isRefusing = false;
  private isHolding = false;
  private trap: RegExp | null = null;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /** Listens on a free port of this machine and passes on to another one. */
  static async open(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    return new TcpProxy(server, targetPort);
  }

  /** host:port for clients. */
  get address(): string {
    return `${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection; new ones are accepted, unless they are refused. */
  cut(): void {
    for (const { client, target } of this.pairs) {
      client.destroy();
      target.destroy();
    }
  }

  /** Cuts every connection and each new one, until {@link mend}. */
  refuse(): void {
    this.isRefusing = true;
    this.cut();
  }

  /** Keeps the answers back. Requests still arrive, as those do whose answers get lost. */
  holdAnswers(): void {
    this.isHolding = true;
    for (const { target } of this.pairs) target.pause();
  }

  /** Ends every fault: what was kept back goes on. */
  mend(): void {
    this.isRefusing = false;
    this.isHolding = false;
    for (const { target } of this.pairs) target.resume();
  }

  /**
   * Stops all traffic in the moment in which a request says something, before that is passed on;
   * nothing gets through from then on, until {@link mend}.
   *
   * @param pattern - what it says, gzipped or not
   */
  stopAtRequest(pattern: RegExp): void {
    this.trap = pattern;
  }

  /** Whether nothing gets through. */
  get isStopped(): boolean {
    return this.isRefusing;
  }

  async close(): Promise<void> {
    this.refuse();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    if (this.isRefusing) return void client.destroy();
    const target = connect({ port: this.targetPort, host: LOOPBACK, noDelay: true });
    const pair = { client, target };
    this.pairs.add(pair);
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      from.on('data', (bytes) => this.pass(bytes, { from, to, isRequest: from === client }));
      // Each side ends with the other, however that happened.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
    }
    if (this.isHolding) target.pause();
  }

  private pass(
    bytes: Buffer,
    { from, to, isRequest }: { from: Socket; to: Socket; isRequest: boolean },
  ): void {
    if (isRequest && this.trap?.test(toPlainText(bytes))) {
      this.trap = null;
      this.refuse();
      return;
    }
    if (to.write(bytes)) return;
    from.pause();
    to.once('drain', () => {
      if (!(this.isHolding && !isRequest)) from.resume();
    });
  }
}

/** The bytes as they are, and what each gzip stream within them says. */
function toPlainText(bytes: Buffer): string {
  const texts = [bytes.toString('latin1')];
  for (let at = bytes.indexOf(GZIP_MAGIC); at >= 0; at = bytes.indexOf(GZIP_MAGIC, at + 1)) {
    texts.push(unzip(bytes.subarray(at)));
  }
  return texts.join('\n');
}

/** A stream may be cut off, and its magic may be there by chance. */
function unzip(bytes: Buffer): string {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return '';
  }
}

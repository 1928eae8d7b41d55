import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The TCP connections of a server: one that speaks TLS cannot be reset by its encrypted side. */
export class TcpSockets {
  private readonly byPeer = new Map<string, Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => this.add(socket));
  }

  /** Ends a connection as a machine does that has crashed: by RST, and not by FIN. */
  reset(socket: Socket | null): void {
    if (socket === null) return;
    const tcp = this.byPeer.get(toPeer(socket));
    if (tcp === undefined) socket.destroy();
    else tcp.resetAndDestroy();
  }

  private add(socket: Socket): void {
    const peer = toPeer(socket);
    this.byPeer.set(peer, socket);
    socket.once('close', () => this.byPeer.delete(peer));
  }
}

function toPeer({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

const PORT_MAX = 65_535;

/**
 * Adds what the emulator is started with; the options are those of `EmulatorFlags`.
 *
 * @param command - the command that starts it
 */
export function addStartFlags(command: Command): Command {
  return command
    .option('--port <port>', 'port to listen on; 0 takes a free one', toPort, 0)
    .option('--host <host>', 'address to bind', '127.0.0.1')
    .option('--seed <integer>', 'seed of ids, readiness and faults', toInteger, 1)
    .option('--config <file>', 'settings, accounts and faults as JSON or YAML')
    .option('--allow-remote-control', 'let other machines use the control API')
    .option('--tls', 'serve HTTPS as well, with a certificate made at the start')
    .option('--tls-port <port>', 'port of HTTPS, a free one when left out; implies --tls', toPort)
    .option('--tls-name <names...>', 'more names the certificate is for; implies --tls')
    .option('--tls-ca-file <file>', 'where to write what clients must trust; implies --tls')
    .option('--tls-cert <file>', 'a certificate of your own, PEM; implies --tls')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--json', 'accepted for likeness: the ready line is JSON anyway');
}

function toPort(text: string): number {
  const port = toInteger(text);
  if (port < 0 || port > PORT_MAX) throw new InvalidArgumentError('It must be 0 to 65535.');
  return port;
}

function toInteger(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('It must be an integer.');
  return Number(text);
}

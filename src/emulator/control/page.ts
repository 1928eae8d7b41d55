import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** They lie beside this module, in `src` and in what is built of it. */
const FOLDER = join(__dirname, 'page');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html;charset=utf-8',
  '.css': 'text/css;charset=utf-8',
  '.mjs': 'text/javascript;charset=utf-8',
};

/** Nothing but files of the emulator itself, and no other page around them. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files of the control page; those of the browser's module are imported by `page.mjs`. */
export const PAGE_FILES = [
  'page.html',
  'page.css',
  'page.mjs',
  'control-api.mjs',
  'counters.mjs',
  'counts.mjs',
  'fault-form.mjs',
  'faults.mjs',
  'filter.mjs',
  'instances.mjs',
  'limits.mjs',
  'log.mjs',
  'presets.mjs',
  'supplies.mjs',
  'table.mjs',
  'zones.mjs',
] as const;

/** Sends one file of the control page. */
export function sendPageFile(response: ServerResponse, file: (typeof PAGE_FILES)[number]): void {
  response.writeHead(200, {
    'content-type': CONTENT_TYPES[extname(file)],
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(readFileSync(join(FOLDER, file)));
}

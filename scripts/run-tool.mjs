/** Runs a tool for `setup.mjs`: everything it prints goes to stderr. */
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @param {string} command - name on PATH, or a path
 * @param {string[]} args - its arguments
 * @param {string} cwd - where it runs
 * @returns {Promise<{ code: number, output: string }>} exit code (127: not found), and what it said
 */
export function runTool(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const pass = (chunk) => {
      output += chunk;
      process.stderr.write(chunk);
    };
    child.stdout.on('data', pass);
    child.stderr.on('data', pass);
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve({ code: 127, output });
    });
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

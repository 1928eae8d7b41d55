/** What a figure depends on besides the code: the machine, its runtime, and memory in use. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';

const KIB_PER_MIB = 1_024;

/** The machine of the benchmark, and how busy it was with other things. */
export function describeMachine() {
  const processors = cpus();
  return {
    machine: `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${platform()} ${arch()}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg().map((load) => Math.round(load * 10) / 10),
    node: process.version,
    at: new Date().toISOString(),
  };
}

/**
 * Peak resident memory of a process in MiB: as the kernel noted it where there is a `/proc`, else
 * what it uses now.
 *
 * @param {number} pid - the process
 */
export function readPeakMemoryMb(pid) {
  return Math.round(readPeakKib(pid) / KIB_PER_MIB);
}

function readPeakKib(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)[1]);
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString());
  }
}

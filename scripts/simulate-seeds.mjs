/** A worker of `simulate.mjs`: plays portions of seeds until there are no more. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadTypeScript } from './load-typescript.mjs';

const { simulate } = loadTypeScript('test/simulation/simulation');

parentPort.on('message', (portion) => {
  if (portion === null) return parentPort.close();
  const { from, count } = portion;
  const failed = [];
  for (let seed = from; seed < from + count; seed += 1) {
    if (simulate(seed, workerData).wrong.length > 0) failed.push(seed);
  }
  parentPort.postMessage({ count, failed });
});

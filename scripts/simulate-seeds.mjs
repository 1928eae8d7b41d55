/** A worker of `simulate.mjs`: plays portions of seeds until there are no more. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadTypeScript } from './load-typescript.mjs';

const { simulate } = loadTypeScript('test/simulation/simulation');

parentPort.on('message', (portion) => {
  if (portion === null) return parentPort.close();
  const { from, count } = portion;
  const failed = [];
  for (let seed = from; seed < from + count; seed += 1) {
    if (isWrong(seed)) failed.push(seed);
  }
  parentPort.postMessage({ count, failed });
});

/** A run that throws is no verdict on the rules: whoever mends it must know its seed. */
function isWrong(seed) {
  try {
    return simulate(seed, workerData).wrong.length > 0;
  } catch (error) {
    throw new Error(`seed ${seed} threw: ${error.stack}`, { cause: error });
  }
}

export { provisionBatch } from './provision-batch';
export { notifyReceiver } from './notify-receiver';
export { provisionShard } from './provision-shard';
export { checkWorker } from './check-worker';
export { haltCreates } from './halt-creates';
export { reconcileBatch } from './reconcile-batch';
export { releaseBatch } from './release-batch';
export { sweepOrphans } from './sweep-orphans';

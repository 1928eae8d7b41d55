export { provisionBatch } from './provision-batch';
export { provisionShard } from './provision-shard';

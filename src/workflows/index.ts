export { provisionBatch } from './provision-batch';

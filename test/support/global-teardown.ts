import { releaseRunResources } from './run-resources';

/** Ends the server of the run by its pid and removes its files. */
export default async function tearDown(): Promise<void> {
  await releaseRunResources();
}

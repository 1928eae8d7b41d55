import { join } from 'node:path';
import { getRunResources, releaseRunResources } from './run-resources';
import { createTempFolder } from './temp-folder';
import { provideTestServer } from './temporal-test-server';
import { findTestNeeds } from './test-selection';
import { writeTestBundle } from './workflow-bundle';

/** What of jest's global configuration is read; jest does not export its type. */
interface JestGlobalConfig {
  readonly rootDir: string;
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}

interface JestProjectConfig {
  readonly testPathIgnorePatterns: readonly string[];
}

/**
 * Once a run: one Temporal server and one workflow bundle for all tests that need them. Test files
 * find them in `TAIRFLEET_TEST_TEMPORAL_ADDRESS` and `TAIRFLEET_TEST_BUNDLE`.
 */
export default async function setUp(
  globalConfig: JestGlobalConfig,
  projectConfig: JestProjectConfig,
): Promise<void> {
  const needs = findTestNeeds({
    rootDir: globalConfig.rootDir,
    patterns: globalConfig.testPathPatterns.patterns,
    ignorePatterns: projectConfig.testPathIgnorePatterns,
  });
  if (!needs.hasBundleTests) return;
  const folder = createTempFolder();
  getRunResources().releases.push(() => folder.remove());
  try {
    const bundleFile = join(folder.path, 'workflow-bundle.js');
    await writeTestBundle(globalConfig.rootDir, bundleFile);
    process.env.TAIRFLEET_TEST_BUNDLE = bundleFile;
    if (!needs.hasServerTests) return;
    const server = await provideTestServer(folder.path);
    getRunResources().releases.push(() => server.stop());
    process.env.TAIRFLEET_TEST_TEMPORAL_ADDRESS = server.address;
  } catch (error) {
    // Without a finished setup jest runs no teardown.
    await releaseRunResources();
    throw error;
  }
}

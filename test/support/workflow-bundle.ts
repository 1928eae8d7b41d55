import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bundles the workflows from their sources, so that no build is needed before a test.
 *
 * @param rootDir - folder of the checkout
 * @returns the bundle's code, with its source map inside
 */
export async function createTestBundle(rootDir: string): Promise<string> {
  // Loaded only here: it brings webpack, and the global setup of most runs bundles nothing.
  const { DefaultLogger, bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(rootDir, 'src/workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  return code;
}

/**
 * Bundles the workflows into a file.
 *
 * @param rootDir - folder of the checkout
 * @param path - the file
 */
export async function writeTestBundle(rootDir: string, path: string): Promise<void> {
  writeFileSync(path, await createTestBundle(rootDir));
}

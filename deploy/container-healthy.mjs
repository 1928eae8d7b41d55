/**
 * `node container-healthy.mjs <url>`: the health check of the image, which has no curl. Ends with
 * exit code 0 when the address answers with success, else with 1 and one line that says what came.
 */
const TIMEOUT_MS = 4_000;
const [url] = process.argv.slice(2);

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
} catch (error) {
  process.stdout.write(`${url}: ${error.message}\n`);
  process.exitCode = 1;
}

import { isLoopbackUrl } from '../domain/loopback';

/** Where an account's calls go, when not to the cloud's own endpoints. */
export interface EndpointSettings {
  /** For every region. */
  readonly endpoint?: string;
  /** For single regions; goes before `endpoint`. */
  readonly endpointByRegion?: Readonly<Record<string, string>>;
}

/**
 * Regions served by the central endpoint; all others have one of their own (endpoint map of
 * `@alicloud/r-kvstore20150101` 6.4.0).
 */
const CENTRAL_REGIONS: ReadonlySet<string> = new Set([
  'cn-qingdao',
  'cn-beijing',
  'cn-wulanchabu',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-heyuan',
  'cn-hangzhou-finance',
]);

/** The endpoint of a region, without a slash at its end. */
export function toEndpoint(region: string, settings: EndpointSettings): string {
  const own = new Map(Object.entries(settings.endpointByRegion ?? {})).get(region);
  const configured = own ?? settings.endpoint;
  if (configured !== undefined) return configured.replace(/\/+$/, '');
  return CENTRAL_REGIONS.has(region)
    ? 'https://r-kvstore.aliyuncs.com'
    : `https://r-kvstore.${region}.aliyuncs.com`;
}

/** Hosts of the cloud itself, each of which serves one product. */
const CLOUD_HOST = /\.aliyuncs\.com$/i;

/**
 * The endpoint of the VPC product in a region (VPC pages, 2016-04-28). What is configured in place of the
 * cloud, such as the emulator, serves it too; an endpoint of the cloud's own serves one product only.
 */
export function toVpcEndpoint(region: string, settings: EndpointSettings): string {
  const endpoint = toEndpoint(region, settings);
  return CLOUD_HOST.test(new URL(endpoint).hostname)
    ? `https://vpc.${region}.aliyuncs.com`
    : endpoint;
}

/**
 * Checks the endpoints of an account before the first call.
 *
 * @param account - its name, for the message
 * @param isPlainHttpAllowed - whether HTTP may leave this host; else only loopback may use it
 * @throws Error that names the account and what is wrong, never the user information of a URL
 */
export function assertEndpoints(
  account: string,
  settings: EndpointSettings,
  isPlainHttpAllowed: boolean,
): void {
  const configured = [settings.endpoint, ...Object.values(settings.endpointByRegion ?? {})];
  for (const endpoint of configured) {
    const problem = endpoint === undefined ? null : findProblem(endpoint, isPlainHttpAllowed);
    if (problem !== null) throw new Error(`An endpoint of account ${account} ${problem}`);
  }
}

function findProblem(endpoint: string, isPlainHttpAllowed: boolean): string | null {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'is not an http or https URL. Write it like https://r-kvstore.aliyuncs.com.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or a password. Keys belong into environment variables.';
  }
  if (url.search !== '' || url.hash !== '') {
    return 'holds a query or a fragment. Leave only the host, and a path if there must be one.';
  }
  if (url.protocol === 'http:' && !isPlainHttpAllowed && !isLoopbackUrl(endpoint)) {
    return `is plain HTTP to ${url.host}, which is not this host. Use https.`;
  }
  return null;
}

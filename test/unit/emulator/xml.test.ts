import { idsOf, startBench } from './api-client';
import type { ApiAnswer, Bench, Parameters } from './api-client';

describe('an answer in XML', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ config: { readyTimeMs: 0 } });
  });
  afterAll(() => bench.close());
  afterEach(() => bench.control('PUT', 'faults', []));

  const send = (
    action: string,
    parameters: Parameters,
    format: string | undefined = undefined,
  ): Promise<ApiAnswer> => bench.call(action, parameters, { common: { Format: format } });
  const regions = (format: string | undefined): Promise<ApiAnswer> =>
    send('DescribeRegions', {}, format);

  it.each([undefined, 'XML', 'xml', 'other'])('is given for the format %s', async (format) => {
    const { headers, text } = await regions(format);
    expect(headers.get('content-type')).toBe('text/xml;charset=utf-8');
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><DescribeRegionsResponse>/);
  });

  it.each(['JSON', 'json', 'Json'])('is not given for the format %s', async (format) => {
    expect((await regions(format)).json).toHaveProperty('RegionIds');
  });

  it('repeats the element of a list, and escapes what is written in it', async () => {
    const Value = `a & b <c> "d" 'e'`;
    const ids = idsOf(await bench.create({ quantity: 2 }));
    await bench.call('TagResources', {
      ...{ RegionId: 'cn-hangzhou', ResourceType: 'INSTANCE', 'ResourceId.1': ids[0] ?? '' },
      ...{ 'Tag.1.Key': 'note', 'Tag.1.Value': Value },
    });
    const { text } = await send('DescribeInstances', { InstanceIds: ids.join(',') });
    expect(text.match(/<KVStoreInstance>/g)).toHaveLength(2);
    expect(text).toContain('<TotalCount>2</TotalCount>');
    expect(text).toContain(
      '<Tag><Key>note</Key><Value>a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;</Value></Tag>',
    );
    expect(text).not.toContain('undefined');
  });

  it('has the root Error when it refuses', async () => {
    const { status, text } = await send('DescribeInstanceAttribute', { InstanceId: 'r-none' });
    expect(status).toBe(404);
    expect(text).toMatch(/<Error><RequestId>[0-9A-F-]{36}<\/RequestId><HostId>.*<\/HostId>/);
    expect(text).toContain('<Code>InvalidInstanceId.NotFound</Code>');
  });

  it('is given by faults too, and leaves the page of a proxy as it is', async () => {
    await bench.control('PUT', 'faults', [{ kind: 'refuse', code: 'Scripted', count: 1 }]);
    expect((await regions(undefined)).text).toContain('<Error>');
    await bench.control('PUT', 'faults', [{ kind: 'html' }]);
    expect((await regions(undefined)).text).toContain('<html>');
  });
});

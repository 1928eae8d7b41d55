import { assertEndpoints, toEndpoint } from '../../../src/cloud/endpoints';
import { createPopCoreCloud } from '../../../src/cloud/pop-core-cloud';
import { KEYS } from './test-cloud';

describe('the endpoint of a region', () => {
  it.each([
    ['cn-hangzhou', 'https://r-kvstore.aliyuncs.com'],
    ['cn-shenzhen', 'https://r-kvstore.cn-shenzhen.aliyuncs.com'],
    ['ap-southeast-1', 'https://r-kvstore.ap-southeast-1.aliyuncs.com'],
    ['xx-new', 'https://r-kvstore.xx-new.aliyuncs.com'],
  ])("is the cloud's own for %s", (region, url) => {
    expect(toEndpoint(region, {})).toBe(url);
  });

  it('is the configured one, a region before all', () => {
    const settings = {
      endpoint: 'https://all.example/',
      endpointByRegion: { 'cn-beijing': 'https://beijing.example' },
    };
    expect(toEndpoint('cn-beijing', settings)).toBe('https://beijing.example');
    expect(toEndpoint('cn-hangzhou', settings)).toBe('https://all.example');
    expect(toEndpoint('constructor', settings)).toBe('https://all.example');
  });
});

describe('a configured endpoint', () => {
  it.each([
    'https://r-kvstore.aliyuncs.com',
    'http://127.0.0.1:8080',
    'http://[::1]:8080/',
    'http://localhost:8080',
  ])('may be %s', (endpoint) => {
    expect(() => assertEndpoints('prod', { endpoint }, false)).not.toThrow();
  });

  it.each([
    ['http://r-kvstore.aliyuncs.com', /prod is plain HTTP to r-kvstore\.aliyuncs\.com.*Use https/],
    ['http://localhost.example', /plain HTTP/],
    ['ftp://127.0.0.1', /not an http or https URL/],
    ['r-kvstore.aliyuncs.com', /not an http or https URL/],
    ['https://host/?a=1', /query/],
  ])('may not be %s', (endpoint, message) => {
    expect(() => assertEndpoints('prod', { endpoint }, false)).toThrow(message);
  });

  it('with keys in it is refused without showing them', () => {
    const endpoint = 'https://user:hunter2@host.example';
    expect(() => assertEndpoints('prod', { endpoint }, true)).toThrow(
      /^(?!.*hunter2).*user name or a password/,
    );
  });

  it('may be plain HTTP elsewhere only when that is allowed', () => {
    const accounts = {
      prod: { credentials: KEYS, endpointByRegion: { 'cn-x': 'http://emulator:8080' } },
    };
    expect(() => createPopCoreCloud({ accounts })).toThrow(/plain HTTP to emulator:8080/);
    expect(() => createPopCoreCloud({ accounts, isPlainHttpAllowed: true })).not.toThrow();
  });
});

import { isLoopbackHost, isLoopbackUrl } from '../../../src/domain/loopback';

describe('a loopback URL', () => {
  it.each([
    'http://127.0.0.1',
    'http://127.0.0.1:8080/path?x',
    'http://127.0.0.1?x',
    'http://127.0.0.1#x',
    'http://127.0.0.1:1',
    'https://localhost:8443',
    'HTTP://LOCALHOST/',
    'http://127.255.0.9/',
    'http://127.199.99.249',
    'http://127.250.255.19',
    'http://[::1]:80',
    'http://[::1]',
  ])('is %s', (url) => {
    expect(isLoopbackUrl(url)).toBe(true);
  });

  it.each([
    'https://r-kvstore.aliyuncs.com',
    'http://localhost.example.com',
    'http://xlocalhost',
    'http://127.0.0.1.example.com',
    'http://127.0.0.1@example.com',
    'http://localhost:80@example.com',
    'http://localhost\\@example.com',
    'http://localhost:123456',
    'http://localhost:',
    'http://localhost:http',
    'http://128.0.0.1',
    'http://1127.0.0.1',
    'http://127.0.0.256',
    'http://127.0.0.260',
    'http://127.0.0.299',
    'http://127.0.0.300',
    'http://127.0.0.1000',
    'http://127.0.0',
    'http://127.0.0.1.1',
    'http://127.0.0.x',
    'http://127.1',
    'http://127x0x0x1',
    'http://0.0.0.0',
    'http://[::2]',
    'http://[::1',
    'http://[]',
    'http://[::1]x',
    'http://::1',
    'http:///localhost',
    'http:/localhost',
    'ftp://localhost',
    'xhttp://localhost',
    'localhost',
    ' http://localhost',
    'http://localhost ',
    '',
  ])('is not %j', (url) => {
    expect(isLoopbackUrl(url)).toBe(false);
  });
});

describe('a host that only this one reaches', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1'])('is %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '::', '::2', '10.0.0.1', 'localhost.example.com', '', '[::1]'],
    ...['127.0.0.1@example.com', 'example.com/127.0.0.1', 'localhost:80'],
  ])('is not %j', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

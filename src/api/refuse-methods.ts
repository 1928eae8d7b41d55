import type { HTTPMethods } from 'fastify';
import type { ApiApp } from './api-app';
import { ApiError } from './api-error';
import type { Access } from './auth/guard';

interface Address {
  readonly methods: Set<string>;
  readonly access: Access;
}

/**
 * Refuses at each address the methods that it has no route for, with those that it has in `Allow`
 * (RFC 9110, 15.5.6).
 *
 * @param app - the server, before its routes
 * @returns to be called after them
 */
export function createMethodRefusal(app: ApiApp): () => void {
  const addresses = new Map<string, Address>();
  app.addHook('onRoute', ({ url, method, config }) => {
    // Who may not come in is not told what there is.
    const access = config?.access === 'public' ? 'public' : 'viewer';
    const address = addresses.get(url) ?? { methods: new Set<string>(), access };
    addresses.set(url, address);
    for (const each of [method].flat()) address.methods.add(each);
  });
  return () => {
    for (const [url, { methods, access }] of [...addresses]) {
      const allowed = [...methods].sort().join(', ');
      const others = app.supportedMethods.filter((method) => !methods.has(method));
      addRefusal(app, { url, others, allowed, access });
    }
  };
}

interface Refusal {
  readonly url: string;
  readonly others: HTTPMethods[];
  readonly allowed: string;
  readonly access: Access;
}

function addRefusal(app: ApiApp, { url, others, allowed, access }: Refusal): void {
  app.route({
    method: others,
    url,
    config: { access },
    schema: { hide: true },
    // Before the body, which some methods may not have.
    onRequest: (request, reply, done) => {
      reply.header('allow', allowed);
      done(
        new ApiError(
          'method-not-allowed',
          `This address takes ${allowed}, and not ${request.method}.`,
        ),
      );
    },
    handler: () => undefined,
  });
}

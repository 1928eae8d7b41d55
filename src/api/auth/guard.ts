import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error';
import { isRoleEnough } from '../subject';
import type { Role, Subject } from '../subject';
import type { Authenticate } from './authenticator';

/** Who may use a route. */
export type Access = 'public' | Role;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route has one; without it the server does not start. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Null when there is no proof of who asks. */
    subject: Subject | null;
  }
}

/**
 * Finds out of every request who sends it.
 *
 * @param app - the server, before its routes
 * @param authenticate - the check of the `Authorization` header
 */
export function identifySubjects(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('subject', null);
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.access === 'public') return;
    request.subject = await authenticate(request.headers.authorization);
  });
}

/**
 * Lets nobody in who may not, before the body is read. A route that does not say who may use it keeps
 * the server from starting.
 *
 * @param app - the server, before its routes
 */
export function guardRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`the route ${url} says not who may use it`);
  });
  app.addHook('onRequest', async (request) => {
    // Who is known may be told that there is nothing at an address.
    const { access = request.is404 ? 'viewer' : 'admin' } = request.routeOptions.config;
    if (access === 'public') return;
    const { role } = toSubject(request);
    if (isRoleEnough(role, access)) return;
    throw new ApiError('forbidden', `This needs the role ${access}, and the subject has ${role}.`);
  });
}

/**
 * Who sends a request.
 *
 * @throws ApiError `unauthenticated` when there is no proof
 */
export function toSubject({ subject }: FastifyRequest): Subject {
  if (subject !== null) return subject;
  throw new ApiError(
    'unauthenticated',
    'Send a valid API key or token as "Authorization: Bearer …"; it may have expired.',
  );
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { logEvent, toEventLog } from '../../contract/log-writer';
import { ApiError } from '../api-error';
import { isRoleEnough } from '../subject';
import type { Role, Subject } from '../subject';
import type { Authenticate } from './authenticator';
import { createUnauthenticated, toRefusalError } from './credential-refusal';
import type { CredentialRefusal } from './credential-refusal';

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
    /** Why its key or token counts for nothing; null when it does, or there is none. */
    refusal: CredentialRefusal | null;
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
  app.decorateRequest('refusal', null);
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.access === 'public') return;
    const identity = await authenticate(request.headers.authorization);
    if (identity === null) return;
    if ('reason' in identity) request.refusal = identity;
    else request.subject = identity;
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
    if (request.refusal !== null) throw refuseCredential(request, request.refusal);
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
  throw createUnauthenticated();
}

/** Told after the limit of requests, so that whoever guesses does not fill the log. */
function refuseCredential(request: FastifyRequest, refusal: CredentialRefusal): ApiError {
  const { reason, claim } = refusal;
  const fields = { requestId: request.id, reason, claim };
  logEvent(toEventLog(request.server.log), 'credential-refused', fields);
  return toRefusalError(refusal);
}

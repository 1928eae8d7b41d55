import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import { serializerCompiler } from '@fastify/type-provider-zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import type { ServerConfig } from '../config/config';
import { logEvent, toEventLog } from '../contract/log-writer';
import type { Metrics } from '../contract/metric-writer';
import { isLoopbackHost } from '../domain/loopback';
import type { ApiApp, ApiContext } from './api-app';
import { ApiError } from './api-error';
import type { Authenticate } from './auth/authenticator';
import { guardRoutes, identifySubjects } from './auth/guard';
import { createUnreadableAnswer } from './answer-unreadable';
import { endUnarrived } from './end-unarrived';
import { limitRequests } from './limit-requests';
import { SWAGGER_OPTIONS } from './openapi';
import { measureRequests } from './measure-requests';
import {
  answerBadAddress,
  answerWithProblems,
  COMMON_HEADERS,
  sendProblem,
} from './problem-document';
import { createMethodRefusal } from './refuse-methods';
import { addActionRoutes } from './routes/actions';
import { addBatchRoutes } from './routes/batch';
import { addDescriptionRoutes } from './routes/description';
import { addEventsRoute } from './routes/events';
import { addHealthRoutes } from './routes/health';
import { addInstancesRoute } from './routes/instances';
import { addListRoute } from './routes/list';
import { addMeRoute } from './routes/me';
import { addScheduleActionRoutes } from './routes/schedule-actions';
import { addScheduleFileRoutes } from './routes/schedule-files';
import { addScheduleRoutes } from './routes/schedules';
import { addSubmitRoutes } from './routes/submit';
import { readBodiesAsText } from './text-bodies';
import { compileValidator } from './validate-request';

/** How often Node looks for requests whose time is up: what they may take beyond it. */
const LATE_REQUESTS_EVERY_MS = 1_000;

/** What the API is built from. */
export interface ApiOptions extends ApiContext {
  readonly server: ServerConfig;
  readonly authenticate: Authenticate;
  readonly logger: FastifyBaseLogger;
  readonly metrics: Metrics;
}

/**
 * Builds the HTTP API; it does not listen yet. To close it ends the streams, and waits for what is
 * under way.
 *
 * @param options - the service behind it, and who is let in
 */
export async function createApi(options: ApiOptions): Promise<ApiApp> {
  const { server, logger } = options;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: () => randomUUID(),
    bodyLimit: server.bodyBytesMax,
    requestTimeout: server.requestTimeoutMs,
    http: {
      connectionsCheckingInterval: LATE_REQUESTS_EVERY_MS,
      // Node exchanges the two where this one, 60 s by itself, is longer: a body then had as long.
      headersTimeout: server.requestTimeoutMs,
    },
    clientErrorHandler: createUnreadableAnswer(toEventLog(logger)),
    frameworkErrors: answerBadAddress,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(serializerCompiler);
  answerWithProblems(app);
  addHeaders(app);
  endUnarrived(app);
  logRequests(app);
  measureRequests(app, options.metrics);
  if (server.authentication === 'none') refuseOtherHosts(app);
  identifySubjects(app, options.authenticate);
  await limitRequests(app, server);
  guardRoutes(app);
  await app.register(swagger, SWAGGER_OPTIONS);
  await addRoutes(app, options);
  return app;
}

async function addRoutes(app: ApiApp, { server, ...context }: ApiOptions): Promise<void> {
  const refuseOtherMethods = createMethodRefusal(app);
  await app.register(async (scope) => {
    const routes = scope as ApiApp;
    readBodiesAsText(routes);
    addSubmitRoutes(routes, context);
    addScheduleFileRoutes(routes, context);
  });
  await app.register(async (scope) => {
    const routes = scope as ApiApp;
    addListRoute(routes, context);
    addBatchRoutes(routes, context);
    addInstancesRoute(routes, context);
    addEventsRoute(routes, context, server);
    addActionRoutes(routes, context);
    addScheduleRoutes(routes, context);
    addScheduleActionRoutes(routes, context);
    addMeRoute(routes);
    addHealthRoutes(routes, context);
    addDescriptionRoutes(routes);
  });
  refuseOtherMethods();
  app.setNotFoundHandler((request, reply) => {
    const detail = `There is no ${request.method} at this address; /docs lists what there is.`;
    return sendProblem(request, reply, new ApiError('no-such-route', detail));
  });
}

function addHeaders(app: ApiApp): void {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onSend', async (request, reply) => {
    // A connection that is kept would keep the server from closing.
    if (isClosing) reply.header('connection', 'close');
    reply.header('x-request-id', request.id);
    for (const [name, value] of Object.entries(COMMON_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
  });
}

/** By the route and not by the address, whose query may hold anything. */
function logRequests(app: ApiApp): void {
  app.addHook('onResponse', (request, reply, done) => {
    logEvent(toEventLog(request.server.log), 'request-answered', {
      requestId: request.id,
      subject: request.subject?.name ?? null,
      method: request.method,
      route: request.routeOptions.url ?? null,
      httpStatus: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    });
    done();
  });
}

/** A page in a browser of this host may not talk to an open server by a name of its own. */
function refuseOtherHosts(app: ApiApp): void {
  app.addHook('onRequest', async (request) => {
    if (isLoopbackHost(request.hostname.replace(/^\[(.*)\]$/, '$1'))) return;
    throw new ApiError('forbidden', 'Without authentication this server answers to its host only.');
  });
}

import type { ApiApp } from './api-app';

/** What may be submitted; problems in it are told by line and column. */
const TEXT_TYPES = ['application/json', 'application/yaml', 'text/yaml'];

/**
 * Hands bodies to routes as text, as they were written.
 *
 * @param app - a scope of its own
 */
export function readBodiesAsText(app: ApiApp): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(TEXT_TYPES, { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
}

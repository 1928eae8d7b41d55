import type { ApiApp } from '../api-app';
import { toDocsPage } from '../views/docs-page';
import type { DescribedApi } from '../views/docs-page';

/** The page runs nothing and loads nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Adds `/openapi.json`, and `/docs` for people. Neither says anything about batches. */
export function addDescriptionRoutes(app: ApiApp): void {
  const common = { config: { access: 'public' }, schema: { hide: true } } as const;
  app.route({
    ...common,
    method: 'GET',
    url: '/openapi.json',
    handler: () => app.swagger(),
  });
  app.route({
    ...common,
    method: 'GET',
    url: '/docs',
    handler: (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', PAGE_POLICY)
        .send(toDocsPage(app.swagger() as unknown as DescribedApi)),
  });
}

/** Of an OpenAPI document, what the page shows. */
export interface DescribedApi {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

interface DescribedOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
  }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}' +
  'code,pre{font:14px ui-monospace,monospace}pre{overflow:auto;background:#8881;padding:1rem}' +
  'h2 code{font-size:1.1rem}td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}' +
  ':root{color-scheme:light dark}';

/**
 * A page for people from the description of the API: no script, nothing from anywhere else.
 *
 * @param api - the OpenAPI document
 */
export function toDocsPage(api: DescribedApi): string {
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => toSection({ path, method, operation })),
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) =>
      `<details id="${escape(name)}"><summary><code>${escape(name)}</code></summary>` +
      `<pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`,
  );
  const { title, version, description = '' } = api.info;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escape(title)} API</title><style>${STYLE}</style></head><body>`,
    `<h1>${escape(title)} API ${escape(version)}</h1><p>${toText(description)}</p>`,
    '<p>As a file: <a href="/openapi.json">/openapi.json</a></p>',
    ...operations,
    '<h2>Schemas</h2>',
    ...schemas,
    '</body></html>',
  ].join('\n');
}

function toSection({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: DescribedOperation;
}): string {
  const { summary = '', description = '', parameters = [], requestBody, responses } = operation;
  const rows = [
    ...parameters.map(({ name, in: place, description: text = '' }) => [
      `<code>${escape(name)}</code>`,
      escape(place),
      toText(text),
    ]),
    ...(requestBody === undefined ? [] : [['body', '', toSchemaLinks(requestBody)]]),
    ...Object.entries(responses).map(([status, response]) => [
      escape(status),
      'answer',
      `${toText(response.description ?? '')} ${toSchemaLinks(response)}`,
    ]),
  ];
  const table = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return (
    `<h2><code>${escape(method.toUpperCase())} ${escape(path)}</code></h2>` +
    `<p><strong>${toText(summary)}.</strong> ${toText(description)}</p>` +
    `<table>${table.join('')}</table>`
  );
}

/** Links to the schemas that a part refers to. */
function toSchemaLinks(part: unknown): string {
  const found = [...JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)];
  const names = [...new Set(found.map(([, name]) => name!))];
  return names.map((name) => `<a href="#${name}"><code>${name}</code></a>`).join(' ');
}

/** Text with `code` in it. */
function toText(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

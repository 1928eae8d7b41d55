import { JSON_TYPE } from './wire-answer';
import type { WireAnswer } from './wire-answer';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

const XML_TYPE = 'text/xml;charset=utf-8';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML 1.0 cannot hold at all, escaped or not. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN_PATTERN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * The same answer in XML, as the RPC gateway gives it to calls of version 1.0 that do not ask for
 * JSON. The root is `Error` or the operation's name and `Response`; a list is its element repeated.
 * What is no JSON, such as a page of a proxy, stays as it is.
 *
 * @param action - the operation that was called; empty when it is unknown
 */
export function toXmlAnswer(answer: WireAnswer, action: string): WireAnswer {
  if (answer.contentType !== JSON_TYPE || answer.body === '') return answer;
  const body = JSON.parse(quoteBigNumbers(answer.body)) as object;
  const root = answer.status >= 400 ? 'Error' : `${action}Response`;
  return { ...answer, contentType: XML_TYPE, body: `${DECLARATION}${toElement(root, body)}` };
}

/** XML knows no numbers, and JavaScript none of so many digits. */
function quoteBigNumbers(json: string): string {
  return json.replace(
    /("(?:[^"\\]|\\.)*")|\d{16,}/g,
    (text, quoted?: string) => quoted ?? `"${text}"`,
  );
}

function toElement(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => toElement(name, one)).join('');
  if (typeof value !== 'object' || value === null) {
    return `<${name}>${escapeText(String(value ?? ''))}</${name}>`;
  }
  const members = Object.entries(value).map(([member, inner]) => toElement(member, inner));
  return `<${name}>${members.join('')}</${name}>`;
}

function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN_PATTERN, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

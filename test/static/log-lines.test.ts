import { LOG_EVENTS } from '../../src/contract/log-events';
import { listFiles, readText } from '../support/repository';

/** A call that writes a line: `log.info(`, `request.log.warn(`, `logger.error(`. */
const FREE_LINE = /\b\w*log(?:ger)?\??\.(?:trace|debug|info|warn|error|fatal)\(/i;

/** Takes the fields of a line of the list to a logger that wants them first. */
const WRITER = 'src/contract/log-writer.ts';

const SOURCES = listFiles('src', '.ts');

it('Every line of our logs is one of the list: nobody writes to a logger past it.', () => {
  const free = SOURCES.filter((file) => file !== WRITER).flatMap((file) =>
    readText(file)
      .split('\n')
      .flatMap((line, index) => (FREE_LINE.test(line) ? [`${file}:${index + 1}: ${line}`] : [])),
  );
  expect(free).toEqual([]);
});

it('Every line of the list is written somewhere.', () => {
  const texts = SOURCES.filter((file) => !file.endsWith('/log-events.ts')).map((file) =>
    readText(file),
  );
  const unused = Object.keys(LOG_EVENTS).filter(
    (event) => !texts.some((text) => new RegExp(`logEvent\\([^;]*'${event}'`).test(text)),
  );
  expect(unused).toEqual([]);
});

import { PAGE_FILES, sendPageFile } from './page';
import { CONTROL_PREFIX } from './route';
import type { Route } from './route';

/** The page for people, its files, and its address without the slash that they are relative to. */
export const PAGE_ROUTES: Readonly<Record<string, Route>> = {
  'GET /_emulator': {
    run: ({ response }) => {
      response.writeHead(308, { location: `${CONTROL_PREFIX}/` }).end();
    },
  },
  'GET /_emulator/': {
    run: ({ response }) => {
      sendPageFile(response, 'page.html');
    },
  },
  ...Object.fromEntries(
    PAGE_FILES.map((file): [string, Route] => [
      `GET ${CONTROL_PREFIX}/${file}`,
      {
        run: ({ response }) => {
          sendPageFile(response, file);
        },
      },
    ]),
  ),
};

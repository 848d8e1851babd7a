import type * as t from '@babel/types';
import type { BearerFetch } from './bearer-fetch.js';
import { type Edit, report, sourceOf } from './edit.js';
import type { Planned } from './plan.js';

/** Plans a request with a token as one of `session.fetch`. @param also is done with it */
export function planFetch(edit: Edit, request: BearerFetch, also: () => void = () => {}): Planned {
  return {
    needs: ['fetch'],
    apply: (access) => {
      request.apply(edit, access('fetch'));
      also();
      if (request.url !== undefined && !isOwnOrigin(request.url)) {
        report(
          edit,
          request.url,
          `session.fetch sends the token to apiUrl and to allowedOrigins only: add the origin of ${sourceOf(edit, request.url)} to allowedOrigins of the session.`,
        );
      }
    },
  };
}

function isOwnOrigin(url: t.Node): boolean {
  const start =
    url.type === 'StringLiteral'
      ? url.value
      : url.type === 'TemplateLiteral'
        ? (url.quasis[0]?.value.raw ?? '')
        : '';
  return start.startsWith('/') && !start.startsWith('//');
}

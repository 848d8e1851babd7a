import type { NodePath } from '@babel/traverse';
import { findBearerFetch } from './bearer-fetch.js';
import { type Edit, overwriteIfOther, rangeOf } from './edit.js';
import { isTruthTest, memberOf } from './paths.js';
import { type Plan, planValue } from './plan.js';
import { planFetch } from './session-fetch.js';

/** oidc-client-ts keeps the claims in `user.profile`, the kit in `user`. */
export function planOidcUser(edit: Edit, reference: NodePath): Plan {
  const user = reference.parentPath?.isTSNonNullExpression() ? reference.parentPath : reference;
  const member = memberOf(user);
  if (member === undefined) {
    if (isTruthTest(user)) return planValue(edit, reference, 'user');
    const message =
      'The whole user: its claims are in user itself, its tokens are not in the page.';
    return { node: reference.node, message };
  }
  if (member.name === 'access_token') return planToken(edit, member.path, reference);
  if (member.name !== 'profile') {
    const message = `user.${member.name} has no equivalent: session.info() has the scope and the expiry, session.getAccessToken() the token.`;
    return { node: reference.node, message };
  }
  return {
    needs: ['user'],
    apply: (access) => {
      overwriteIfOther(edit, reference.node, access('user'));
      const { end } = rangeOf(member.path.node);
      const isOptional = edit.code.slice(rangeOf(user.node).end, end).includes('?.');
      const rest = edit.code.slice(end);
      const isFollowed = memberOf(member.path) !== undefined || rest.startsWith('[');
      if (isOptional && isFollowed && !rest.startsWith('?.')) {
        const dot = rest.startsWith('.') ? 1 : 0;
        edit.text.overwrite(rangeOf(user.node).end, end + dot, '?.');
      } else edit.text.remove(rangeOf(user.node).end, end);
    },
  };
}

function planToken(edit: Edit, token: NodePath, reference: NodePath): Plan {
  const request = findBearerFetch(token);
  if (request !== undefined) return planFetch(edit, request);
  const message =
    'user.access_token has no equivalent: use session.fetch, or "await session.getAccessToken()".';
  return { node: reference.node, message };
}

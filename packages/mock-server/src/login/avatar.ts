import type { Endpoint, ServerContext } from '../context.js';

/** `GET /avatars/{user}.svg`: the initials of a user on a colour derived from the name. */
export function avatarEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const id = (c.req.param('file') ?? '').replace(/\.svg$/, '');
    const name = server.state.users.get(id)?.name ?? '?';
    const initials = name
      .split(/\s+/)
      .map((word) => [...word][0] ?? '')
      .slice(0, 2)
      .join('')
      .toUpperCase();
    const hue = [...id].reduce((sum, char) => (sum * 47 + (char.codePointAt(0) ?? 0) * 7) % 360, 7);
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">` +
      `<rect width="64" height="64" fill="hsl(${hue} 38% 36%)"/>` +
      `<text x="32" y="33" fill="#fffefb" font-family="Georgia,serif" font-size="24" text-anchor="middle" dominant-baseline="central">${escapeXml(initials)}</text></svg>`;
    return c.body(svg, 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'content-security-policy': "default-src 'none'",
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  };
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

import { serveStatic } from '@hono/node-server/serve-static';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { requireAccessToken, type AccessTokenEnv } from '@sesamy-kit/server/verify/hono';
import { Hono } from 'hono';
import { object, safeParse, string } from 'valibot';
import type { Config } from './config.js';

const Note = object({ text: string() });

/** The API below `/api`, and the built page everywhere else. */
export function createApp({ issuer, publisherId }: Config) {
  const verifier = createAccessTokenVerifier({ publisherId, ...(issuer && { issuer }) });
  const notes = new Map<string, string[]>();
  const notesOf = (subject: string) => notes.get(subject) ?? [];

  const api = new Hono<AccessTokenEnv>()
    .use(requireAccessToken(verifier))
    .get('/notes', (c) => c.json(notesOf(c.get('accessToken').subject)))
    .post('/notes', async (c) => {
      const note = safeParse(Note, await c.req.json().catch(() => null));
      if (!note.success) return c.json({ error: 'text must be a string.' }, 400);
      const { subject } = c.get('accessToken');
      notes.set(subject, [...notesOf(subject), note.output.text]);
      return c.json(notesOf(subject), 201);
    });

  return new Hono()
    .route('/api', api)
    .use(serveStatic({ root: 'dist/web' }))
    .get('*', serveStatic({ path: 'dist/web/index.html' }));
}

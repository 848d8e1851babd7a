import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { accessTokenOf, requireAccessToken } from '@sesamy-kit/server/verify/express';
import express, { type Express } from 'express';
import { resolve } from 'node:path';
import { object, safeParse, string } from 'valibot';
import type { Config } from './config.js';

const Note = object({ text: string() });

/** The API below `/api`, and the built page everywhere else. */
export function createApp({ issuer, publisherId }: Config): Express {
  const verifier = createAccessTokenVerifier({ publisherId, ...(issuer && { issuer }) });
  const notes = new Map<string, string[]>();
  const notesOf = (subject: string) => notes.get(subject) ?? [];

  const api = express.Router();
  api.use(requireAccessToken(verifier));
  api.get('/notes', (request, response) => {
    response.json(notesOf(accessTokenOf(request).subject));
  });
  api.post('/notes', express.json(), (request, response) => {
    const note = safeParse(Note, request.body);
    if (!note.success) {
      response.status(400).json({ error: 'text must be a string.' });
      return;
    }
    const { subject } = accessTokenOf(request);
    notes.set(subject, [...notesOf(subject), note.output.text]);
    response.status(201).json(notesOf(subject));
  });

  const web = resolve('dist/web');
  return express()
    .use('/api', api)
    .use(express.static(web))
    .get('/{*path}', (_, response) => response.sendFile('index.html', { root: web }));
}

import { serve } from '@hono/node-server';
import { createApp } from './app.js';
import { readConfig } from './config.js';

const config = readConfig(process.env);
serve({ fetch: createApp(config).fetch, port: config.port }, () => {
  console.log(`Backend  http://localhost:${config.port}/`);
});

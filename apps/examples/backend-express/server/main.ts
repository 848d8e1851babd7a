import { createApp } from './app.js';
import { readConfig } from './config.js';

const config = readConfig(process.env);
createApp(config).listen(config.port, () => {
  console.log(`Backend  http://localhost:${config.port}/`);
});

import { readConfig } from './config.js';
import { renderSite } from './render-site.js';

renderSite(readConfig(document));

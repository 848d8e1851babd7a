export { isSameSite } from './storage/same-site.js';

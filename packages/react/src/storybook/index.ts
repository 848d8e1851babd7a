export { sesamyLoader, type LoadedSesamy, type SesamyParameters } from './sesamy-loader.js';
export { withSesamy, type SesamyStoryContext } from './with-sesamy.js';

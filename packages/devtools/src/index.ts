export type { DevtoolsOptions, DevtoolsPosition, DevtoolsTheme } from './options.js';
export { SesamyDevtools, type SesamyDevtoolsProps } from './sesamy-devtools.js';
export {
  sesamyDevtoolsPlugin,
  type SesamyDevtoolsPlugin,
  type SesamyDevtoolsPluginOptions,
} from './sesamy-devtools-plugin.js';

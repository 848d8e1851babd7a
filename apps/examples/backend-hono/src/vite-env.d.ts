/** The plugin `sesamyMock` sets both in development. In a build they are undefined, which means Sesamy. */
interface ImportMetaEnv {
  readonly VITE_SESAMY_ISSUER?: string;
  readonly VITE_SESAMY_API_URL?: string;
}

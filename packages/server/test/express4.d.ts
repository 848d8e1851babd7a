/** Express 4, beside 5; the parts used here are the same. */
declare module 'express4' {
  export { default } from 'express';
}

/** Express 4, beside 5; what is used of it has not changed. */
declare module 'express4' {
  export { default } from 'express';
}

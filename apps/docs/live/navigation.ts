import { mock } from './mock.js';

// The page of an address of Sesamy to which an example navigates.
await mock.show();

import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A guard against hangs, not a verdict on speed.
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

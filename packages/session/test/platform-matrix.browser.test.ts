import { faults } from './support/faults.js';
import { testInBrokenBrowsers } from './support/platform-matrix.js';

testInBrokenBrowsers({ 'refresh-token': faults, 'sso-cookie': faults, 'token-handler': faults });

// Sesamy's documentation, Management API Credentials, "With SDKs"; only the import line is changed.
import { ManagementClient } from '@sesamy-kit/server/management';

const client = new ManagementClient({
  domain: 'auth.sesamy.com',
  clientId: process.env['SESAMY_CLIENT_ID'],
  clientSecret: process.env['SESAMY_CLIENT_SECRET'],
  audience: 'https://api.sesamy.com',
});

// Make API calls
const publishers = await client.getAll('/publishers');

export { publishers };

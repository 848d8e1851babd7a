import { ManagementClient } from '@sesamy-kit/server/management';
import { pino } from 'pino';

const log = pino({ name: 'sesamy' });

export const sesamy = new ManagementClient({
  onResponse: (event) => {
    if (event.error) log.warn(event, 'Sesamy rejected or failed');
    else log.debug(event, 'Sesamy responded');
  },
  onRetry: (event) => log.info(event, 'Sesamy is called again'),
});

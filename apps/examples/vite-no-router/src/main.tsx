import './style.css';
import { SesamyProvider } from '@sesamy-kit/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <SesamyProvider
      clientId="publisher-web"
      issuer={import.meta.env.VITE_SESAMY_ISSUER}
      apiUrl={import.meta.env.VITE_SESAMY_API_URL}
    >
      <App />
    </SesamyProvider>
  </StrictMode>,
);

import './style.css';
import { SesamyProvider } from '@sesamy-kit/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <SesamyProvider clientId="publisher-web" mode="token-handler">
      <App />
    </SesamyProvider>
  </StrictMode>,
);

import './style.css';
import { SesamyProvider } from '@sesamy-kit/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const queryClient = new QueryClient();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <SesamyProvider
        clientId="publisher-web"
        issuer={import.meta.env.VITE_SESAMY_ISSUER}
        apiUrl={import.meta.env.VITE_SESAMY_API_URL}
        // The backend of this origin receives the reader's access token.
        allowedOrigins={[location.origin]}
      >
        <App />
      </SesamyProvider>
    </QueryClientProvider>
  </StrictMode>,
);

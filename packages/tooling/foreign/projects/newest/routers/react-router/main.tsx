import { RequireSession, SesamyProvider } from '@sesamy-kit/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';

// The router takes the login's callback out of the address in an effect at the first render.
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SesamyProvider clientId="publisher-web" issuer={import.meta.env.VITE_ISSUER}>
      <BrowserRouter>
        <Routes>
          <Route path="/" element={<Navigate to="/home" replace />} />
          <Route
            path="/home"
            element={
              <RequireSession fallback={<p>Wait</p>}>
                <h1>For members</h1>
              </RequireSession>
            }
          />
        </Routes>
      </BrowserRouter>
    </SesamyProvider>
  </StrictMode>,
);

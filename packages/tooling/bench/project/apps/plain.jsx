import { useState } from 'react';
import { mount, Page } from './page.jsx';

function App() {
  const [user, setUser] = useState(null);
  return (
    <Page user={user} onLogin={() => setUser({ name: 'Ada' })} onLogout={() => setUser(null)} />
  );
}

mount(<App />);

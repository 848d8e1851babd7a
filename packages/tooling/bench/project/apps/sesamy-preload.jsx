import './sesamy-refresh-token.jsx';

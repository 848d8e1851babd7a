/** The dashboard's only script: adds requests to the log as they are answered. */
export const LIVE_LOG_SCRIPT: string = `
const body = document.querySelector('#log tbody');
const state = document.querySelector('#live');
const events = new EventSource('/mock/events');
const cell = (row, text) => { row.insertCell().textContent = text; };
events.addEventListener('open', () => { state.textContent = 'live'; });
events.addEventListener('error', () => { state.textContent = 'not connected'; });
events.addEventListener('request', (event) => {
  const request = JSON.parse(event.data);
  document.querySelector('#log .empty')?.closest('tr').remove();
  const row = body.insertRow(0);
  cell(row, new Date(request.at).toISOString().slice(11, 23));
  cell(row, request.method + ' ' + request.path);
  cell(row, [request.grant, request.clientId, request.user].filter(Boolean).join(' · '));
  cell(row, String(request.status));
  cell(row, request.fault ?? '');
  while (body.rows.length > 200) body.rows[body.rows.length - 1].remove();
});
`;

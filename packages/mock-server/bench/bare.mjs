// The least a server in Node can be: what starting costs without any mock.
import { createServer } from 'node:http';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{}');
});
server.listen(0, 'localhost', () => {
  console.log(`http://localhost:${server.address().port}/`);
});

// A WebSocket server on Node as people write one with `ws`: /bench/echo returns what comes, /bench/broadcast tells it to
// all who are there.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocket, WebSocketServer } from 'ws';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const settings = { noServer: true, perMessageDeflate: false, maxPayload: 32 * 1024 * 1024 };

const echo = new WebSocketServer(settings);
echo.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

const broadcast = new WebSocketServer(settings);
broadcast.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    for (const client of broadcast.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
    }
  });
});

const places = new Map([
  ['/bench/echo', echo],
  ['/bench/broadcast', broadcast],
]);

const server = createServer((request, response) => {
  response.writeHead(404).end();
});
server.on('upgrade', (request, socket, head) => {
  const place = places.get(request.url);
  if (!place) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    return;
  }
  place.handleUpgrade(request, socket, head, (client) => place.emit('connection', client, request));
});
server.listen({ host: '127.0.0.1', port: Number(values.port), backlog: 4096 }, () => {
  const { port } = server.address();
  console.log(JSON.stringify({ event: 'listening', url: `ws://127.0.0.1:${port}`, port }));
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

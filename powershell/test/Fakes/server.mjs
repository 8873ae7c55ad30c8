// A server that hangs: `silent` answers nothing, `half` stops in the middle of its answers. Its first line is its port; then it says which
// connections it was asked something over, and which of them were closed.
import { createServer } from 'node:net';

const [, , mode] = process.argv;
const say = (line) => process.stdout.write(`${line}\n`);
const HALF =
  'HTTP/1.1 200 OK\r\ncontent-type: application/soap+xml;charset=UTF-8\r\ncontent-length: 5000\r\n\r\n<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>';

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    say('asked');
    socket.once('close', () => say('left'));
    if (mode === 'half') socket.write(HALF);
  });
  socket.resume();
});
server.listen(0, '127.0.0.1', () => say(server.address().port));
process.stdin.on('end', () => process.exit()).resume();

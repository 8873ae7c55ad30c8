/** The yardstick: fastify that reads the whole body and answers a text of the size given as argument. */
import Fastify from 'fastify';

const answer = Buffer.alloc(Number(process.argv[2]), 'x');
const server = Fastify();
server.removeAllContentTypeParsers();
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
server.post('/wsman', (_request, reply) => reply.type('application/soap+xml;charset=UTF-8').send(answer));
await server.listen({ host: '127.0.0.1', port: 0 });
console.log(`http://127.0.0.1:${server.server.address().port}/wsman`);
process.on('SIGTERM', () => process.exit(0));

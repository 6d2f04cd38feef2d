// The server of y-websocket, as its bin/server.cjs sets it up, in a process that a benchmark asks how many bytes live.
//
//   node --expose-gc fan-out.mjs
//   < port 40123
//   > (any line)
//   < live 1234567
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(import.meta.url)
const { WebSocketServer } = require('ws')
const { setupWSConnection } = require('y-websocket/bin/utils')

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer((request, response) => response.end('okay'))
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, it => sockets.emit('connection', it, request)))
server.listen({ port: 0, host: '127.0.0.1', backlog: 2000 }, () => console.log(`port ${server.address().port}`))

const orders = createInterface({ input: process.stdin })
orders.on('line', () => {
  for (let i = 0; i < 5; i++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  console.log(`live ${heapUsed + external}`)
})
orders.on('close', () => process.exit(0))

import { once } from 'node:events'
import type { Server } from 'node:http'

/** Listens on loopback and answers with the port; 0 takes a free one. Rejects when the port is taken. */
export const listenOnLoopback = async (server: Server, port = 0): Promise<number> => {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

/** Stops listening and drops what is open. */
export const close = async (server: Server): Promise<void> => {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Certificate } from './certificate'
import { reset, type CloudRequest, type CloudResponse, type Handler } from './http'
import { close, listenOnLoopback } from './listen'
import type { Wire } from './protocol'
import { shown, startWire } from './wire'

/** A look-alike and the name the inspector knows it by. */
export interface Service {
  readonly name: Wire['to']
  readonly handler: Handler
}

export interface Cloud {
  readonly port: number
  readonly stop: () => Promise<void>
}

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const read = async (request: IncomingMessage): Promise<CloudRequest> => ({
  method: request.method ?? 'GET',
  url: new URL(request.url ?? '/', `https://${request.headers.host}`),
  headers: flat(request.headers),
  body: await text(request),
})

const answer = (response: ServerResponse, { status, headers = {}, body }: CloudResponse) => {
  const type = typeof body === 'string' ? 'text/plain' : 'application/json'
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { ...(content && { 'content-type': `${type}; charset=utf-8` }), ...headers }).end(content)
}

const noSuchHost: CloudResponse = { status: 421, body: { error: { code: 'MisdirectedRequest', message: 'The sandbox has no such host.' } } }

const call = async (handler: Handler, request: CloudRequest): Promise<CloudResponse> => {
  try {
    return await handler(request)
  } catch (error) {
    return { status: 500, body: { error: { code: 'InternalServerError', message: String(error) } } }
  }
}

/** Starts the one HTTPS server behind every host of Microsoft's cloud that the bot talks to; `hosts` by host name. */
export const startCloud = async (hosts: Readonly<Record<string, Service>>, certificate: Certificate, onWire: (wire: Wire) => void): Promise<Cloud> => {
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await read(incoming)
    const service = hosts[request.url.hostname]
    if (!service) return answer(response, noSuchHost)
    const { method, url, headers, body } = request
    const finish = startWire({ to: service.name, method, path: url.pathname + url.search, request: shown(body, headers['content-type']) })
    const result = await call(service.handler, request)
    onWire(finish({ status: result.status, response: shown(result.body) }))
    if (result === reset) response.destroy()
    else answer(response, result)
  }
  const server = createServer(certificate, (request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server)
  return { port, stop: () => close(server) }
}

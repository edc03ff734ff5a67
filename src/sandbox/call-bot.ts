import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface BotAnswer {
  /** 0 when there was no answer. */
  readonly status: number
  /** Parsed when it is JSON, else the text; undefined when empty. */
  readonly body: unknown
}

/** Teams gives up after about this long. */
const patienceMs = 15_000

const parse = (body: string): unknown => {
  try {
    return body === '' ? undefined : JSON.parse(body)
  } catch {
    return body
  }
}

/** Posts a body as Teams does: connections are kept, a silent bot is given up on. Never rejects. */
export const callBot = (url: string, agent: Agent, body: string, headers: Readonly<Record<string, string>>): Promise<BotAnswer> =>
  new Promise((resolve) => {
    const fail = (error: Error) => resolve({ status: 0, body: error.message })
    const signal = AbortSignal.timeout(patienceMs)
    const outgoing = request(url, { method: 'POST', agent, headers, signal }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: parse(answer) }), fail)
    })
    outgoing.on('error', fail).end(body)
  })

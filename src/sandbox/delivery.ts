import { z } from 'zod'
import type { BotProcess } from './bot-process'
import type { BotService } from './bot-service'
import type { Broadcast } from './broadcast'
import { type BotAnswer, callBot } from './call-bot'
import { serviceUrl } from './connector'
import type { SceneEvent } from './protocol'
import { shown, startWire } from './wire'

/** How a request to the bot differs from what Teams would send; for tests of what the bot lets in. */
export interface PostOptions {
  /** Bearer token; `null`: none at all. Default: a good one, made out for the activity's service URL. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** One of several instances; default: each in turn. */
  readonly to?: BotProcess
}

/** Any body at all to `/api/messages`. A string is sent as it is, anything else as JSON. */
export type Post = (activity: unknown, options?: PostOptions) => Promise<BotAnswer>

const path = '/api/messages'
const renewMs = 30 * 60_000
const withServiceUrl = z.object({ serviceUrl: z.string() }).catch({ serviceUrl })

export const createPost = (processes: readonly BotProcess[], botService: BotService, events: Broadcast<SceneEvent>): Post => {
  const tokens = new Map<string, { readonly token: string; readonly since: number }>()
  let posts = 0

  const inTurn = (): BotProcess => {
    const process = processes[posts % processes.length]
    if (!process) throw new Error('There is no bot.')
    posts += 1
    return process
  }

  const goodToken = (activity: unknown) => {
    const to = withServiceUrl.parse(activity).serviceUrl
    const known = tokens.get(to)
    if (known && Date.now() - known.since < renewMs) return known.token
    const token = botService.token({ serviceUrl: to })
    tokens.set(to, { token, since: Date.now() })
    return token
  }

  return async (activity, { token = goodToken(activity), headers = {}, to = inTurn() } = {}) => {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
    const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
    const finish = startWire({ to: 'bot', method: 'POST', path, request: shown(activity) })
    const answer = await callBot(to.url + path, to.agent(), body, {
      'content-type': 'application/json; charset=utf-8',
      ...authorization,
      ...headers,
    })
    events.emit({ kind: 'wire', wire: finish({ status: answer.status, response: shown(answer.body) }) })
    return answer
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { reset, type CloudRequest, type CloudResponse, type Handler } from './http'

/** What befalls a call. `hang`: no answer at all; `reset`: the connection ends without one; `slowMs`: the work is done, later; `answer`: this one. */
export type Trouble =
  | { readonly status: number; readonly code: string; readonly retryAfterSeconds?: number }
  | 'hang'
  | 'reset'
  | { readonly slowMs: number }
  | { readonly answer: CloudResponse }

/** Which calls get into it; all of them when nothing is said. */
export interface Which {
  readonly method?: 'POST' | 'PUT' | 'DELETE' | 'GET'
  /** Id of a conversation; of a channel, all its threads. */
  readonly conversation?: string
}

export interface Troubles {
  /** The next `times` calls (default 1; `Infinity` until `recover`) get into this trouble. */
  readonly fail: (trouble: Trouble, times?: number, which?: Which) => void
  readonly recover: (which?: Pick<Which, 'conversation'>) => void
  /** The answer to the call when it is in trouble; undefined when its work is to be done, maybe later. */
  readonly meet: (request: Pick<CloudRequest, 'method' | 'url'>) => CloudResponse | undefined | Promise<CloudResponse | undefined>
}

const never = () => new Promise<never>(() => {})

const answerOf = (trouble: Trouble): CloudResponse | undefined | Promise<CloudResponse | undefined> => {
  if (trouble === 'hang') return never()
  if (trouble === 'reset') return reset
  if ('answer' in trouble) return trouble.answer
  if ('slowMs' in trouble) return sleep(trouble.slowMs, undefined)
  const { status, code, retryAfterSeconds } = trouble
  const headers: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return { status, headers, body: { error: { code, message: 'The sandbox was told to answer so.' } } }
}

const conversationIn = ({ pathname }: URL): string => decodeURIComponent(/\/conversations\/([^/]+)/.exec(pathname)?.[1] ?? '')

const isMeant = ({ method, conversation }: Which, request: Pick<CloudRequest, 'method' | 'url'>): boolean => {
  if (method !== undefined && method !== request.method) return false
  const at = conversationIn(request.url)
  return conversation === undefined || at === conversation || at.startsWith(`${conversation};`)
}

/** Troubles wait in line; each call takes the first that is meant for it. */
export const createTroubles = (): Troubles => {
  let waiting: { readonly trouble: Trouble; readonly which: Which; left: number }[] = []
  return {
    fail: (trouble, times = 1, which = {}) => void waiting.push({ trouble, which, left: times }),
    recover: (which) => void (waiting = which ? waiting.filter(({ which: { conversation } }) => conversation !== which.conversation) : []),
    meet: (request) => {
      const first = waiting.find(({ which }) => isMeant(which, request))
      if (!first) return undefined
      first.left -= 1
      if (first.left <= 0) waiting = waiting.filter((each) => each !== first)
      return answerOf(first.trouble)
    },
  }
}

/** A look-alike that gets into trouble. */
export const troubled =
  (troubles: Pick<Troubles, 'meet'>, handler: Handler, isMeant: (request: CloudRequest) => boolean = () => true): Handler =>
  async (request) =>
    (isMeant(request) && (await troubles.meet(request))) || handler(request)

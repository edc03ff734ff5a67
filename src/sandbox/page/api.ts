/** The page's side of protocol.ts. A rejected promise means that the sandbox itself did not answer. */
import type { Faults } from '../faults'
import type {
  Answered,
  AskRequest,
  Exchange,
  ForgetRequest,
  Found,
  InsertRequest,
  OpenRequest,
  PressRequest,
  SayRequest,
  Scene,
  SceneEvent,
  SearchRequest,
  SignInRequest,
} from '../protocol'

const answerOf = async (response: Response) => {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${response.url}`)
  return response.text()
}

const headers = { 'content-type': 'application/json' }

const post = async (path: string, body: unknown): Promise<string> => answerOf(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }))

const get = async (path: string): Promise<string> => answerOf(await fetch(path))

export const getScene = async (): Promise<Scene> => JSON.parse(await get('/api/scene'))

export const openChat = async (request: OpenRequest): Promise<void> => {
  await post('/api/open', request)
}

export const say = async (request: SayRequest): Promise<Exchange> => JSON.parse(await post('/api/say', request))

export const press = async (request: PressRequest): Promise<Exchange> => JSON.parse(await post('/api/press', request))

export const searchApp = async (request: SearchRequest): Promise<Found> => JSON.parse(await post('/api/search', request))

export const insertCard = async (request: InsertRequest): Promise<{ readonly status: number }> => JSON.parse(await post('/api/insert', request))

export const askAbout = async (request: AskRequest): Promise<Answered> => JSON.parse(await post('/api/ask-about', request))

export const exchangeToken = async (request: SignInRequest): Promise<Exchange> => JSON.parse(await post('/api/exchange', request))

export const consent = async (request: SignInRequest): Promise<Exchange> => JSON.parse(await post('/api/consent', request))

export const declineSignIn = async (request: SignInRequest): Promise<Exchange> => JSON.parse(await post('/api/decline', request))

export const signIn = async (request: SignInRequest): Promise<Exchange> => JSON.parse(await post('/api/sign-in', request))

export const getConsents = async (): Promise<readonly string[]> => JSON.parse(await get('/api/consents'))

export const forgetConsent = async (request: ForgetRequest): Promise<readonly string[]> => JSON.parse(await post('/api/forget-consent', request))

export const getFaults = async (): Promise<Faults> => JSON.parse(await get('/api/faults'))

export const changeFaults = async (change: Partial<Faults>): Promise<Faults> => JSON.parse(await post('/api/faults', change))

interface Follower {
  /** The stream is up, for the first time or again: what happened in between is only in the scene. */
  readonly onConnected: () => void
  readonly onLost: () => void
  readonly onEvent: (event: SceneEvent) => void
}

/** Listens to the scene; the browser reconnects by itself. */
export const follow = (follower: Follower): void => {
  const stream = new EventSource('/api/events')
  stream.addEventListener('open', () => follower.onConnected())
  stream.addEventListener('error', () => follower.onLost())
  stream.addEventListener('message', (message) => follower.onEvent(JSON.parse(message.data)))
}

/** How are people asked to sign in, and what came of it? The Bot Service keeps their token; this asks it for that token and hears what Teams hands over. */
import { CardFactory, type Attachment, type CloudAdapterBase, type TurnContext } from 'botbuilder'
import type { UserTokenClient } from 'botframework-connector'
import type { Logger } from 'pino'
import { z } from 'zod'
import { within, type Deadline } from '../deadline'
import { asPerson, reasons, type Caller, type Directory, type UnknownReason } from '../directory'
import { words } from '../guides/words'
import type { Language } from '../topics'
import type { SignInOutcome } from '../turn/incoming'
import type { Sender, SignInEvent } from './incoming'

/** What is answered to Teams, and what the turn hears of it; undefined: nothing that concerns the person. */
export interface Heard {
  readonly status: number
  readonly body?: unknown
  readonly outcome?: SignInOutcome
}

interface About {
  readonly waited: boolean
  readonly isRepeat: boolean
}

/** One person in one turn. */
export interface SignIn {
  /** The person with their token, or with the reason why there is none. Asked once. */
  readonly caller: () => Promise<Caller>
  /** False when the Bot Service could not be told. */
  readonly signOut: () => Promise<boolean>
  /** `waited`: a sign-in is waited for; `isRepeat`: this event was handled before. */
  readonly hear: (event: SignInEvent, about: About) => Promise<Heard>
  /** The card to sign in with. @throws CouldNotAskError when there is none. */
  readonly card: (language: Language) => Promise<Attachment>
}

export type SignIns = (context: TurnContext, sender: Sender, deadline: Deadline) => SignIn

export interface SignInParts {
  /** Name of the Azure Bot's OAuth connection. */
  readonly connection: string
  readonly directory: Directory
  readonly log: Logger
}

/** The token store could not be asked. */
export class CouldNotAskError extends Error {
  constructor(
    readonly reason: UnknownReason,
    readonly status?: number,
  ) {
    super(`the token store could not be asked: ${reason}`)
    this.name = 'CouldNotAskError'
  }
}

/** For one question to the token store, which itself knows no limit. */
const storeMs = 3_000

const tokenResponse = z.object({ token: z.string().min(1) })
const resource = z.object({
  signInLink: z.string().min(1),
  tokenExchangeResource: z.object({ id: z.string(), uri: z.string().optional(), providerId: z.string().optional() }).optional(),
})
const httpError = z.object({ statusCode: z.number() })

/** The token store's own words for why it exchanges nothing; the library takes them for an answer. */
const refusedExchange = z.object({ error: z.object({ code: z.string().regex(/^\w{1,40}$/) }) })

/** Once for each of the few codes there are: everybody's first sign-in brings one. */
const once = (work: (code: string) => void) => {
  const seen = new Set<string>()
  return (code: string): void => {
    if (!seen.has(code)) work(code)
    seen.add(code)
  }
}

const reasonOf = (status: number | undefined): UnknownReason => {
  if (status === 429) return 'throttled'
  return status !== undefined && status >= 400 && status < 500 ? 'sign-in' : 'unavailable'
}

/** @throws CouldNotAskError; what the library throws may quote what was sent, so nothing of it is kept but the status. */
const ask = async <T>(deadline: Deadline, work: Promise<T>): Promise<T> => {
  const timer = AbortSignal.timeout(storeMs)
  try {
    return await within({ signal: AbortSignal.any([timer, deadline.signal]), remainingMs: deadline.remainingMs }, work)
  } catch (error) {
    if (timer.aborted || deadline.signal.aborted) throw new CouldNotAskError('timeout')
    const status = httpError.safeParse(error).data?.statusCode
    throw new CouldNotAskError(reasonOf(status), status)
  }
}

const tokenIn = (answer: unknown) => tokenResponse.safeParse(answer).data?.token

/** Teams goes on with a window of its own after these. */
const askedByTeams: readonly string[] = ['userconsentrequired', 'interactionrequired']

type Trouble = 'sign-in' | 'sign-in-unavailable'

/** What goes wrong with the token store, for the operator; the person is told a reason. */
const createTroubles = (log: Logger) => {
  const logTrouble = (what: string, { reason, status }: CouldNotAskError): Trouble => {
    const fix =
      reason === 'sign-in'
        ? 'Check that the Azure Bot has an OAuth connection of this name and that its settings pass the test in the Azure portal.'
        : 'None if rare; otherwise check the way to token.botframework.com.'
    log.warn({ reason, ...(status !== undefined && { status }), setting: 'OAUTH_CONNECTION_NAME', fix }, `sign-in: ${what}`)
    return reason === 'sign-in' ? reason : 'sign-in-unavailable'
  }
  return async <T, U>(what: string, work: Promise<T>, otherwise: (reason: Trouble) => U): Promise<T | U> => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof CouldNotAskError)) throw error
      return otherwise(logTrouble(what, error))
    }
  }
}
type OrTrouble = ReturnType<typeof createTroubles>

/** The token store of the Bot Service, for whoever the activity is from. */
const openTokenStore = (context: TurnContext, connection: string, deadline: Deadline, onRefusal: (code: string) => void) => {
  const { from, channelId } = context.activity
  const client = (): UserTokenClient => context.turnState.get<UserTokenClient>((context.adapter as CloudAdapterBase).UserTokenClientKey)
  return {
    getToken: async (code: string) => tokenIn(await ask(deadline, client().getUserToken(from.id, connection, channelId, code))),
    exchange: async (token: string) => {
      const answer = await ask(deadline, client().exchangeToken(from.id, connection, channelId, { token }))
      const code = refusedExchange.safeParse(answer).data?.error.code
      if (code !== undefined) onRefusal(code)
      return tokenIn(answer)
    },
    signOut: () => ask(deadline, client().signOutUser(from.id, connection, channelId)).then(() => true),
    getResource: async () => resource.safeParse(await ask(deadline, client().getSignInResource(connection, context.activity, ''))).data,
  }
}
type TokenStore = ReturnType<typeof openTokenStore>

interface Ears {
  readonly store: TokenStore
  readonly who: { readonly tenantId: string | undefined; readonly objectId: string | undefined }
  readonly signOut: () => Promise<boolean>
  readonly orTrouble: OrTrouble
}

/** What came of a sign-in, when the token store was asked. */
const createHearing = ({ connection, directory, log }: SignInParts, { store, who, signOut, orTrouble }: Ears): SignIn['hear'] => {
  /** A token in another name is given back at once: nobody is answered with somebody else's sign-in. */
  const refuse = async (reason: UnknownReason): Promise<Heard> => {
    const fix =
      reason === 'sign-in'
        ? 'The OAuth connection gives tokens for another app: its scope has to be of the bot’s own app, or of Microsoft Graph.'
        : 'Nothing to do if rare: the person signed in with another account.'
    log.warn({ reason, setting: 'OAUTH_CONNECTION_NAME', fix }, 'sign-in: a token was refused')
    await signOut()
    return { status: 403, outcome: { kind: 'refused', reason } }
  }
  const take = async (token: string): Promise<Heard> => {
    const caller = asPerson({ ...who, token })
    const reason = directory.whyNot(caller)
    // Other reasons only mean that nothing can be looked up.
    return reason && reasons[reason].refused === 'token' ? refuse(reason) : { status: 200, outcome: { kind: 'token', caller } }
  }
  const hearToken = async ({ id, connection: connectionName, token }: EventOf<'token'>, { waited, isRepeat }: About): Promise<Heard> => {
    const fail = (status: number, failureDetail: string): Heard => ({ status, body: { id, connectionName, failureDetail } })
    if (connectionName !== connection) return fail(400, 'This is not the connection that people sign in with here.')
    if (isRepeat) return { status: 200 }
    if (!waited) return fail(400, 'No sign-in is waited for here.')
    const exchanged = await orTrouble('a token could not be exchanged', store.exchange(token()), () => undefined)
    // Teams then asks for consent, or shows the button of the card.
    return exchanged === undefined ? fail(412, 'The token could not be exchanged.') : take(exchanged)
  }
  const hearCode = async ({ code }: EventOf<'code'>, waited: boolean): Promise<Heard> => {
    if (!waited) return { status: 404, outcome: { kind: 'late' } }
    const found = await orTrouble('a code could not be used', store.getToken(code), (reason): Heard => ({ status: 404, outcome: { kind: 'refused', reason } }))
    if (typeof found === 'object') return found
    return found === undefined ? { status: 404, outcome: { kind: 'wrong-code' } } : take(found)
  }
  return async (event, about) => {
    switch (event.kind) {
      case 'token':
        return hearToken(event, about)
      case 'code':
        return hearCode(event, about.waited)
      case 'declined':
        return { status: 200, outcome: { kind: 'declined' } }
      case 'failed':
        return hearFailure(event, log)
      case 'malformed':
        return { status: 400 }
    }
  }
}

const hearFailure = ({ code }: EventOf<'failed'>, log: Logger): Heard => {
  log.warn(
    {
      code,
      setting: 'OAUTH_CONNECTION_NAME',
      fix: 'Check webApplicationInfo of the app package and the “Expose an API” page of the app registration; codes are explained under bot single sign-on in the Teams documentation.',
    },
    'sign-in: Teams could not get a token',
  )
  return askedByTeams.includes(code) ? { status: 200 } : { status: 200, outcome: { kind: 'failed' } }
}

export const createSignIns = (parts: SignInParts): SignIns => {
  const { connection, log } = parts
  const orTrouble = createTroubles(log)
  const logRefusal = once((code: string) =>
    log.info(
      {
        code,
        setting: 'OAUTH_CONNECTION_NAME',
        fix: 'None when people still have to consent; if nobody gets past it, check the connection’s secret, scope and token exchange URL (npm run doctor).',
      },
      'sign-in: the token store exchanged no token',
    ),
  )

  return (context, { tenantId, objectId }, deadline) => {
    const who = { tenantId, objectId }
    const store = openTokenStore(context, connection, deadline, logRefusal)
    const signOut = () => orTrouble('nobody could be signed out', store.signOut(), () => false)
    const look = (): Promise<Caller> => {
      const work = store.getToken('').then((token): Caller => (token === undefined ? { ...who, without: 'sign-in-first' } : asPerson({ ...who, token })))
      return orTrouble('the token store did not say whether somebody is signed in', work, (without): Caller => ({ ...who, without }))
    }
    let caller: Promise<Caller> | undefined
    return {
      caller: () => (caller ??= look()),
      signOut,
      hear: createHearing(parts, { store, who, signOut, orTrouble }),
      card: async (language) => {
        const found = await store.getResource()
        if (!found) throw new CouldNotAskError('malformed')
        return cardOf(connection, found, language)
      },
    }
  }
}

type EventOf<K extends SignInEvent['kind']> = Extract<SignInEvent, { kind: K }>

/** Shown by Teams only when it cannot sign the person in by itself. Such cards know no markdown. */
const cardOf = (connection: string, { signInLink, tokenExchangeResource }: z.infer<typeof resource>, language: Language): Attachment => {
  const { t } = words(language)
  return CardFactory.oauthCard(connection, t('buttons.signIn'), t('signIn.card'), signInLink, tokenExchangeResource)
}

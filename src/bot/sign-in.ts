/** People signing in with Teams: the Bot Service keeps their token, this asks it for that token and hears what came of a sign-in card. */
import { createHash } from 'node:crypto'
import { CardFactory, type Activity, type CloudAdapterBase, type TurnContext } from 'botbuilder'
import type { UserTokenClient } from 'botframework-connector'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Reply } from '../cards/reply'
import { asPerson, reasons, type Caller, type Directory, type UnknownReason } from '../directory'
import { words } from '../guides/words'
import { signInReply, type SignInTrouble } from '../replies/sign-in'
import { chatOf, isWaitedFor, withChat, type WaitingForSignIn } from '../runs/person'
import { ConflictError, type Store } from '../runs/store'
import { confirmedVerbs } from '../route'
import { wordsOf } from '../understanding/clean'
import { findCommand } from '../understanding/commands'
import { isShared, type Incoming, type SignIn, type SignInEvent, type Turn } from '../turn'

/** What came of a sign-in, to be answered to Teams. */
export interface Taken {
  readonly status: number
  readonly body?: unknown
  /** What the person is told. */
  readonly reply?: Reply
  /** They are signed in, and this waited for it. */
  readonly goOn?: WaitingForSignIn
  /** The person with the token that just came, which need not be asked for again. */
  readonly caller?: Caller
}

export interface SignIns {
  readonly of: (context: TurnContext, incoming: Incoming) => SignIn
  /** The event of this turn, or undefined when it has none. What is no longer waited for is noted on the turn. */
  readonly take: (context: TurnContext, turn: Turn) => Promise<Taken | undefined>
  /** Sends the sign-in card; answers what to say when there is none. */
  readonly offer: (context: TurnContext, turn: Turn) => Promise<Reply | undefined>
}

export interface SignInParts {
  /** Name of the Azure Bot's OAuth connection. */
  readonly connection: string
  readonly store: Store
  readonly directory: Directory
  readonly now: () => Date
  readonly log: Logger
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

class NoAnswer extends Error {
  constructor(
    readonly reason: UnknownReason,
    readonly status?: number,
  ) {
    super(`the token store could not be asked: ${reason}`)
    this.name = 'NoAnswer'
  }
}

const reasonOf = (status: number | undefined): UnknownReason => {
  if (status === 429) return 'throttled'
  return status !== undefined && status >= 400 && status < 500 ? 'sign-in' : 'unavailable'
}

/** @throws NoAnswer; what the library throws may quote what was sent, so nothing of it is kept but the status. */
const asked = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('timeout')), storeMs)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (error instanceof NoAnswer) throw error
    const status = httpError.safeParse(error).data?.statusCode
    throw new NoAnswer(reasonOf(status), status)
  } finally {
    clearTimeout(timer)
  }
}

const tokenIn = (answer: unknown) => tokenResponse.safeParse(answer).data?.token

export const createSignIns = ({ connection, store, directory, now, log }: SignInParts): SignIns => {
  const clientOf = ({ adapter, turnState }: TurnContext) => turnState.get<UserTokenClient>((adapter as CloudAdapterBase).UserTokenClientKey)
  const noted = (what: string, { reason, status }: NoAnswer): UnknownReason => {
    const fix =
      reason === 'sign-in'
        ? 'Check that the Azure Bot has an OAuth connection of this name and that its settings pass the test in the Azure portal.'
        : 'None if rare; otherwise check the way to token.botframework.com.'
    log.warn({ reason, ...(status !== undefined && { status }), setting: 'OAUTH_CONNECTION_NAME', fix }, `sign-in: ${what}`)
    return reason === 'sign-in' ? reason : 'sign-in-unavailable'
  }
  const getToken = async (context: TurnContext, code: string) => {
    const { from, channelId } = context.activity
    return tokenIn(await asked(clientOf(context).getUserToken(from.id, connection, channelId, code)))
  }
  const exchange = async (context: TurnContext, token: string) => {
    const { from, channelId } = context.activity
    const answer = await asked(clientOf(context).exchangeToken(from.id, connection, channelId, { token }))
    const code = refusedExchange.safeParse(answer).data?.error.code
    if (code !== undefined) logRefusal(code)
    return tokenIn(answer)
  }
  const logRefusal = once((code: string) =>
    log.info(
      { code, setting: 'OAUTH_CONNECTION_NAME', fix: 'None when people still have to consent; if nobody gets past it, check the connection’s secret, scope and token exchange URL (npm run doctor).' },
      'sign-in: the token store exchanged no token',
    ),
  )
  const signOut = async (context: TurnContext): Promise<boolean> => {
    const { from, channelId } = context.activity
    try {
      await asked(clientOf(context).signOutUser(from.id, connection, channelId))
      return true
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      noted('nobody could be signed out', error)
      return false
    }
  }

  const of: SignIns['of'] = (context, incoming) => {
    const who = { tenantId: incoming.tenantId, objectId: incoming.objectId }
    const look = async (): Promise<Caller> => {
      try {
        const token = await getToken(context, '')
        return token === undefined ? { ...who, without: 'sign-in-first' } : asPerson({ ...who, token })
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        return { ...who, without: noted('the token store did not say whether somebody is signed in', error) }
      }
    }
    let caller: Promise<Caller> | undefined
    return {
      caller: () => (caller ??= look()),
      signOut: () => {
        caller = undefined
        return signOut(context)
      },
    }
  }

  const callerWith = ({ incoming: { tenantId, objectId } }: Turn, token: string) => asPerson({ tenantId, objectId, token })

  /** What Teams gives may not be for here; other reasons only mean that nothing can be looked up. */
  const whyRefused = (turn: Turn, token: string): UnknownReason | undefined => {
    const reason = directory.whyNot(callerWith(turn, token))
    return reason && reasons[reason].refused === 'token' ? reason : undefined
  }

  /** A token in another name is given back at once: nobody is answered with somebody else's sign-in. */
  const refuse = async (context: TurnContext, turn: Turn, reason: UnknownReason): Promise<Taken> => {
    const fix =
      reason === 'sign-in'
        ? 'The OAuth connection gives tokens for another app: its scope has to be of the bot’s own app, or of Microsoft Graph.'
        : 'Nothing to do if rare: the person signed in with another account.'
    log.warn({ reason, setting: 'OAUTH_CONNECTION_NAME', fix }, 'sign-in: a token was refused')
    await signOut(context)
    return { status: 403, reply: said(turn, reason) }
  }

  const said = (turn: Turn, trouble: SignInTrouble): Reply =>
    signInReply(turn.language, trouble, chatOf(turn.person, turn.incoming.chat, now()).signIn?.waiting)

  const waitingIn = ({ person, incoming }: Turn): WaitingForSignIn | undefined => {
    const { signIn } = chatOf(person, incoming.chat, now())
    return signIn && isWaitedFor(signIn, now()) ? signIn : undefined
  }

  const takeToken = async (context: TurnContext, turn: Turn, event: EventOf<'token'>): Promise<Taken> => {
    const { id, connection: connectionName } = event
    const failed = (status: number, failureDetail: string): Taken => ({ status, body: { id, connectionName, failureDetail } })
    if (connectionName !== connection) return failed(400, 'This is not the connection that people sign in with here.')
    const key = `exchange/${createHash('sha256').update(id).digest('base64url')}`
    const waiting = waitingIn(turn)
    if (!waiting) return (await store.get(key)) ? { status: 200 } : failed(400, 'No sign-in is waited for here.')
    let token: string | undefined
    try {
      token = await exchange(context, event.token())
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      noted('a token could not be exchanged', error)
    }
    // Teams then asks for consent, or shows the button of the card.
    if (token === undefined) return failed(412, 'The token could not be exchanged.')
    const isHandled = !(await isFirst(key))
    const reason = whyRefused(turn, token)
    if (reason) return isHandled ? { status: 403 } : refuse(context, turn, reason)
    return isHandled ? { status: 200 } : { status: 200, goOn: waiting, caller: callerWith(turn, token) }
  }

  /** Each of the person's Teams clients hands over the same token; whoever writes the record first has it handled. */
  const isFirst = async (key: string): Promise<boolean> => {
    try {
      await store.put(key, {}, undefined)
      return true
    } catch (error) {
      if (error instanceof ConflictError) return false
      throw error
    }
  }

  const takeCode = async (context: TurnContext, turn: Turn, code: string): Promise<Taken> => {
    const waiting = waitingIn(turn)
    if (!waiting) return { status: 404, reply: said(turn, 'late') }
    try {
      const token = await getToken(context, code)
      if (token === undefined) return { status: 404, reply: said(turn, 'wrong-code') }
      const reason = whyRefused(turn, token)
      return reason ? await refuse(context, turn, reason) : { status: 200, goOn: waiting, caller: callerWith(turn, token) }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return { status: 404, reply: said(turn, noted('a code could not be used', error)) }
    }
  }

  /** The person will not sign in: the card is not sent again until they ask for it. */
  const giveUp = (turn: Turn, trouble: SignInTrouble): Taken => {
    const waiting = waitingIn(turn)
    if (!waiting) return { status: 200 }
    const reply = said(turn, trouble)
    turn.person = withChat(turn.person, turn.incoming.chat, { signIn: { ...waiting, over: true } }, now())
    return { status: 200, reply }
  }

  const takeFailure = (turn: Turn, code: string): Taken => {
    log.warn(
      { code, setting: 'OAUTH_CONNECTION_NAME', fix: 'Check webApplicationInfo of the app package and the “Expose an API” page of the app registration; codes are explained under bot single sign-on in the Teams documentation.' },
      'sign-in: Teams could not get a token',
    )
    const waiting = waitingIn(turn)
    if (!waiting || waiting.told || askedByTeams.includes(code)) return { status: 200 }
    const reply = said(turn, 'failed')
    turn.person = withChat(turn.person, turn.incoming.chat, { signIn: { ...waiting, told: true } }, now())
    return { status: 200, reply }
  }

  return {
    of,
    take: async (context, turn) => {
      const event = turn.incoming.signIn ?? (waitingIn(turn) && writtenEvent(turn))
      if (!event) return undefined
      if (isShared(turn)) return { status: 403 }
      switch (event.kind) {
        case 'token':
          return takeToken(context, turn, event)
        case 'code':
          return takeCode(context, turn, event.code)
        case 'declined':
          return giveUp(turn, 'declined')
        case 'failed':
          return takeFailure(turn, event.code)
        case 'malformed':
          return { status: 400 }
      }
    },
    offer: async (context, turn) => {
      try {
        const found = resource.parse(await asked(clientOf(context).getSignInResource(connection, context.activity, '')))
        await context.sendActivity(cardOf(connection, found, turn))
        return undefined
      } catch (error) {
        if (!(error instanceof NoAnswer) && !(error instanceof z.ZodError)) throw error
        const reason = noted('no sign-in card could be made', error instanceof NoAnswer ? error : new NoAnswer('malformed'))
        return said(turn, reason)
      }
    },
  }
}

type EventOf<K extends SignInEvent['kind']> = Extract<SignInEvent, { kind: K }>

/** Teams goes on with a window of its own after these. */
const askedByTeams: readonly string[] = ['userconsentrequired', 'interactionrequired']

/** Some clients show the code instead of handing it over; the person then writes it, perhaps in a sentence. Or they write that they will not. */
const writtenEvent = ({ incoming: { kind, text, place, chat }, person, services }: Turn): SignInEvent | undefined => {
  if (kind !== 'message' || place !== 'personal') return undefined
  const asksSomethingElse = chatOf(person, chat, services.now()).buttons.some(({ verb }) => confirmedVerbs.includes(verb))
  if (findCommand(text) === 'not-now') return asksSomethingElse ? undefined : { kind: 'declined' }
  const code = codeIn(text)
  return code === undefined ? undefined : { kind: 'code', code }
}

/** What people write around a code. */
const aroundCode = new Set('a c ca code connexion dit enter est for here i il in is it its la le merci mon my pls plait please s says sign svp te thank thanks the this to un use voici you'.split(' '))

/** The only six digits of a message that is about nothing else: an invoice has six digits too. */
const codeIn = (text: string): string | undefined => {
  const [found, another] = [...text.matchAll(/(?<!\d)(\d{3})[ \u00A0-]?(\d{3})(?!\d)/g)]
  if (!found || another) return undefined
  return wordsOf(text.replace(found[0], ' ')).every((word) => aroundCode.has(word)) ? `${found[1]}${found[2]}` : undefined
}

/** Shown by Teams only when it cannot sign the person in by itself. Such cards know no markdown. */
const cardOf = (connection: string, { signInLink, tokenExchangeResource }: z.infer<typeof resource>, { language }: Turn): Partial<Activity> => {
  const { t } = words(language)
  const card = CardFactory.oauthCard(connection, t('buttons.signIn'), t('signIn.card'), signInLink, tokenExchangeResource)
  return { type: 'message', summary: t('signIn.summary'), locale: language, attachments: [card] }
}

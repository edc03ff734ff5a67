/** How does the bot sign in to write to people, and what if it cannot? The SDK's own sign-in, within a limit, once at a time, and with a reason. */
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { AppCredentials, type ServiceClientCredentialsFactory } from 'botframework-connector'
import type { Logger } from 'pino'
import type { BotRegistration } from '../config'
import { createDeadline, TimeUpError, within } from '../deadline'
import { createSeldom } from './seldom'

/** The bot has no token of its own, so it can write to nobody. */
export class SignInError extends Error {
  constructor(
    /** Entra's, e.g. `AADSTS7000222`, or what happened to the connection. */
    readonly code: string,
    readonly setting: string,
    readonly fix: string,
  ) {
    super(`The bot could not sign in: ${code}.`)
    this.name = 'SignInError'
  }
}

/** Leaves time in a turn for sending what it was needed for. */
const signInMs = 6_000
const pauseMs = 300

const secretFix = 'Create a client secret in the app registration (Certificates & secrets), put its value here and restart.'
const waysIn: Readonly<Record<string, { readonly setting: string; readonly fix: string }>> = {
  AADSTS7000222: { setting: 'MicrosoftAppPassword', fix: `The secret has expired. ${secretFix}` },
  AADSTS7000215: { setting: 'MicrosoftAppPassword', fix: `The secret is wrong, or its id was copied in place of its value. ${secretFix}` },
  AADSTS700027: {
    setting: 'AZURE_CLIENT_CERTIFICATE_PATH',
    fix: 'The certificate has expired or is not in the app registration: upload it there, or renew it.',
  },
  AADSTS700016: { setting: 'MicrosoftAppId', fix: 'The tenant has no app of this id: check the application id and MicrosoftAppTenantId.' },
  AADSTS90002: { setting: 'MicrosoftAppTenantId', fix: 'There is no tenant of this id: check it.' },
  AADSTS7000112: { setting: 'MicrosoftAppId', fix: 'The app is disabled: enable it under Enterprise applications > Properties.' },
}
const refusedFix = { setting: 'MicrosoftAppId', fix: 'Check MicrosoftAppId, its credential, MicrosoftAppTenantId and MicrosoftAppType (npm run doctor).' }
const unreachedFix = {
  setting: 'ToChannelFromBotLoginUrl',
  fix: 'None if rare; otherwise check that login.microsoftonline.com, or the sign-in host of your cloud, may be reached.',
}

/** Only codes are kept: the library's text may quote what was sent. */
const explain = (error: unknown): SignInError => {
  if (error instanceof TimeUpError) return new SignInError('ETIMEDOUT', unreachedFix.setting, unreachedFix.fix)
  const code = error instanceof Error ? /\bAADSTS\d{4,8}\b/.exec(error.message)?.[0] : undefined
  if (code === undefined) return new SignInError(nameOf(error), unreachedFix.setting, unreachedFix.fix)
  const { setting, fix } = waysIn[code] ?? (passing.has(code) ? unreachedFix : refusedFix)
  return new SignInError(code, setting, fix)
}

/** Entra itself is not well. */
const passing = new Set(['AADSTS90033', 'AADSTS90055', 'AADSTS50196', 'AADSTS90024'])

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const word = 'errorCode' in error ? String(error.errorCode) : error.name
  return /^[\w-]{1,40}$/.test(word) ? word : error.name
}

const isPassing = (error: unknown): boolean => !(error instanceof Error && /\bAADSTS\d{4,8}\b/.test(error.message)) || passing.has(explain(error).code)

/**
 * Once more after a passing trouble, by credentials of their own: the library keeps those that failed from asking again for a minute.
 * What one of them is given is kept for all. @throws whatever the library throws
 */
const patiently = async (credentials: AppCredentials, make: () => Promise<unknown>): Promise<void> => {
  try {
    await credentials.getToken()
  } catch (error) {
    if (!isPassing(error)) throw error
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const others = await make()
    if (others instanceof AppCredentials) await others.getToken()
  }
}

/** Everybody who waits for a token waits for the same one. */
class OwnSignIn extends ConfigurationServiceClientCredentialFactory {
  private readonly underWay = new Map<string, Promise<void>>()

  constructor(
    bot: BotRegistration,
    private readonly onFailure: (error: SignInError) => void,
  ) {
    super(bot)
  }

  override async createCredentials(
    ...[appId, audience = '', loginEndpoint, validateAuthority]: Parameters<ServiceClientCredentialsFactory['createCredentials']>
  ) {
    const make = () => super.createCredentials(appId, audience, loginEndpoint, validateAuthority)
    const credentials = await make()
    if (!(credentials instanceof AppCredentials)) return credentials
    const signRequest: AppCredentials['signRequest'] = async (request) => {
      await this.signedIn(audience, () => patiently(credentials, make))
      return credentials.signRequest(request)
    }
    return { signRequest }
  }

  /** @throws SignInError */
  private signedIn(audience: string, ask: () => Promise<void>): Promise<void> {
    const waiting = this.underWay.get(audience)
    if (waiting) return waiting
    const work = within(createDeadline(signInMs), ask())
      .catch((error: unknown) => {
        const reason = explain(error)
        this.onFailure(reason)
        throw reason
      })
      .finally(() => this.underWay.delete(audience))
    this.underWay.set(audience, work)
    return work
  }
}

/** What the SDK signs requests with. The log names why it cannot, once a minute. */
export const createOwnSignIn = (bot: BotRegistration, log: Logger): ServiceClientCredentialsFactory => {
  const seldom = createSeldom<'sign-in'>(log)
  return new OwnSignIn(bot, ({ code, setting, fix }) =>
    seldom('sign-in', { level: 'error', says: 'the bot could not sign in, so it can write to nobody', about: { cause: code, setting, fix } }),
  )
}

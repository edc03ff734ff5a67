/** Whether the hosts the bot talks to, and its own, can be reached from here. */
import type { Config } from '../../config'
import { note, ok, warn, wrong, type Finding } from './finding'

const limitMs = 5_000
const openIdOfBotService = 'https://login.botframework.com/v1/.well-known/openidconfiguration'

/** An HTTP answer, or why there is none. */
export type Answer = { readonly status: number; readonly body: unknown; readonly at?: Date | undefined } | { readonly status?: undefined; readonly why: string }

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error && cause.name === 'TimeoutError' ? `no answer in ${limitMs / 1000} s` : 'no connection'
}

export const ask = async (url: string, token?: string): Promise<Answer> => {
  try {
    const authorization = token !== undefined && { headers: { authorization: `Bearer ${token}` } }
    const response = await fetch(url, { ...authorization, redirect: 'manual', signal: AbortSignal.timeout(limitMs) })
    const text = await response.text()
    const date = response.headers.get('date')
    return { status: response.status, body: parsed(text), at: date === null ? undefined : new Date(date) }
  } catch (error) {
    return { why: codeOf(error) }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Any answer will do, a refusal too: it came from there. */
const reach = async (setting: string, url: string, without: string, token?: string): Promise<Finding> => {
  const { host } = new URL(url)
  const answer = await ask(url, token)
  if (answer.status === undefined) return wrong(setting, `${host} cannot be reached (${answer.why}): ${without}.`, 'Let this machine reach it.')
  if (answer.status >= 500) return wrong(setting, `${host} is not available (${answer.status}): ${without}.`, 'See its service health; try again later.')
  return ok(setting, `${host} can be reached.`)
}

/** What answers under PUBLIC_URL may not be running yet, so its silence is no fault. */
const ownAddress = async ({ http: { publicUrl } }: Config): Promise<Finding> => {
  if (publicUrl === undefined)
    return note('PUBLIC_URL', 'It is empty, so cards have no pictures and no app package can be made.', 'Set the https root under which Teams reaches the bot.')
  const answer = await ask(`${publicUrl}/healthz`)
  if (answer.status === 200) return ok('PUBLIC_URL', 'A bot answers there.')
  return note(
    'PUBLIC_URL',
    `No bot answers under ${publicUrl} (${answer.status ?? answer.why}).`,
    'Start the bot and let Teams reach it under this address; from in here it may be hidden.',
  )
}

const clockSetting = 'clock'
const wrongSeconds = 300
const strangeSeconds = 60

/** By the time another machine says it is; tokens are refused beyond five minutes. */
export const clock = async ({ bot }: Config, now: () => Date): Promise<readonly Finding[]> => {
  const { at } = { at: undefined, ...(await ask(bot['ToBotFromChannelOpenIdMetadataUrl'] ?? openIdOfBotService)) }
  if (at === undefined) return []
  const seconds = Math.round(Math.abs(now().getTime() - at.getTime()) / 1000)
  const fix = 'Set the clock of this machine, and keep it set (NTP).'
  if (seconds > wrongSeconds) return [wrong(clockSetting, `The clock of this machine is ${seconds} s off, so tokens are refused.`, fix)]
  if (seconds > strangeSeconds) return [warn(clockSetting, `The clock of this machine is ${seconds} s off.`, fix)]
  return [ok(clockSetting, 'The clock of this machine is right.')]
}

export const network = (config: Config, graphToken: string | undefined): Promise<readonly Finding[]> =>
  Promise.all([
    reach(
      'ToBotFromChannelOpenIdMetadataUrl',
      config.bot['ToBotFromChannelOpenIdMetadataUrl'] ?? openIdOfBotService,
      'messages cannot be checked, so none is answered',
    ),
    reach('GRAPH_BASE_URL', `${config.directory.graphBaseUrl ?? ''}/v1.0/organization`, 'roles, colleagues and products stay unknown', graphToken),
    reach('ARM_BASE_URL', `${config.directory.armBaseUrl ?? ''}/subscriptions?api-version=2022-12-01`, 'Azure subscriptions stay unknown'),
    ownAddress(config),
  ])

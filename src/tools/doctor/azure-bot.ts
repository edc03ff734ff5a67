/** Does the Azure Bot point at this bot? Its registration, endpoint, Teams channel and OAuth connection, read with the operator's own sign-in. */
import { z } from 'zod'
import type { Config } from '../../config'
import { ok, unknown, warn, wrong, type Finding } from './finding'
import { whyNot, type Operator } from './operator'

const version = 'api-version=2022-09-15'
const mayRead = 'Sign in with “az login” as somebody who has the role Reader on the Azure Bot.'
const signIn = 'OAUTH_CONNECTION_NAME'
const page = 'Azure Bot > Configuration'

const listOf = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item) })
const subscriptions = listOf(z.object({ subscriptionId: z.string() }))
const botResource = z.object({
  id: z.string(),
  properties: z.object({
    msaAppId: z.string(),
    msaAppType: z.string().nullish(),
    msaAppTenantId: z.string().nullish(),
    endpoint: z.string().nullish(),
    enabledChannels: z.array(z.string()).default([]),
    isCmekEnabled: z.boolean().nullish(),
    publicNetworkAccess: z.string().nullish(),
  }),
})
type Bot = z.infer<typeof botResource>
const connectionSetting = z.object({
  name: z.string(),
  properties: z.object({
    clientId: z.string().nullish(),
    scopes: z.string().nullish(),
    serviceProviderDisplayName: z.string().nullish(),
    parameters: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish(),
  }),
})
type Connection = z.infer<typeof connectionSetting>['properties']

const same = (a: string | null | undefined, b: string | undefined): boolean => (a ?? '').toLowerCase() === (b ?? '').toLowerCase()

/** The Azure Bot of this registration, in whatever subscription the operator sees. */
const findBot = async ({ bot: { MicrosoftAppId } }: Config, operator: Operator): Promise<Bot | Finding> => {
  const answer = await operator.arm('/subscriptions?api-version=2022-12-01')
  const seen = answer.status === 200 ? subscriptions.safeParse(answer.body).data?.value : undefined
  if (!seen) return unknown('MicrosoftAppId', `The Azure Bot cannot be read: ${whyNot(answer)}.`, mayRead)
  const lists = await Promise.all(
    seen.map(async ({ subscriptionId }) => {
      const { status, body } = {
        body: undefined,
        ...(await operator.arm(`/subscriptions/${subscriptionId}/providers/Microsoft.BotService/botServices?${version}`)),
      }
      return status === 200 ? (listOf(z.unknown()).safeParse(body).data?.value ?? []) : []
    }),
  )
  const bots = lists.flat().flatMap((each) => botResource.safeParse(each).data ?? [])
  const found = bots.find(({ properties }) => same(properties.msaAppId, MicrosoftAppId))
  if (found) return found
  return unknown(
    'MicrosoftAppId',
    `No Azure Bot of this id is in the ${seen.length} subscriptions that you see.`,
    `${mayRead} If there is none, create an Azure Bot with this registration.`,
  )
}

const whichRegistration = ({ properties }: Bot, { bot }: Config): readonly Finding[] => [
  same(properties.msaAppType ?? 'MultiTenant', bot.MicrosoftAppType)
    ? ok('MicrosoftAppType', 'The Azure Bot has the same type.')
    : wrong(
        'MicrosoftAppType',
        `It is ${bot.MicrosoftAppType}, but the Azure Bot is ${properties.msaAppType ?? 'MultiTenant'}.`,
        'Set it to what the Azure Bot says; the type of an Azure Bot cannot be changed.',
      ),
  ...(bot.MicrosoftAppType === 'MultiTenant' || same(properties.msaAppTenantId, bot['MicrosoftAppTenantId'])
    ? []
    : [wrong('MicrosoftAppTenantId', 'It is another tenant than the one of the Azure Bot.', `Copy the app tenant id of the Azure Bot (${page}).`)]),
]

const endpoint = ({ properties }: Bot, { http }: Config): Finding => {
  const told = properties.endpoint ?? ''
  const fix = `Set the messaging endpoint to ${http.publicUrl ?? 'https://<your host>'}/api/messages (${page}).`
  if (told === '') return wrong('PUBLIC_URL', 'The Azure Bot has no messaging endpoint, so nothing that people write arrives.', fix)
  if (!told.startsWith('https://')) return wrong('PUBLIC_URL', `The messaging endpoint ${told} is not https, so Teams does not call it.`, fix)
  if (!told.replace(/\/+$/, '').endsWith('/api/messages'))
    return wrong('PUBLIC_URL', `The messaging endpoint ${told} does not end in /api/messages, where alone this bot listens.`, fix)
  if (http.publicUrl !== undefined && !same(told.replace(/\/+$/, ''), `${http.publicUrl}/api/messages`))
    return wrong('PUBLIC_URL', `It is ${http.publicUrl}, but the messaging endpoint is ${told}.`, `${fix} Or correct PUBLIC_URL.`)
  return ok('PUBLIC_URL', 'The messaging endpoint is below it.')
}

const channel = ({ properties }: Bot): Finding =>
  properties.enabledChannels.some((name) => same(name, 'msteams'))
    ? ok('ALLOWED_CHANNELS', 'The Azure Bot has the Microsoft Teams channel.')
    : wrong(
        'ALLOWED_CHANNELS',
        'The Azure Bot has no Microsoft Teams channel, so the bot cannot be found in Teams.',
        'Add it: Azure Bot > Channels > Microsoft Teams.',
      )

const parameterOf = ({ parameters }: Connection, name: string) => parameters?.find(({ key }) => same(key, name))?.value

const connectionFindings = (found: Connection, { bot, directory }: Config): readonly Finding[] => {
  const address = `api://botid-${bot.MicrosoftAppId}`
  const signInApp = bot.MicrosoftAppType === 'UserAssignedMSI' ? directory.clientId : bot.MicrosoftAppId
  const scopes = (found.scopes ?? '').split(/[\s,]+/).filter(Boolean)
  const exchange = parameterOf(found, 'tokenExchangeUrl')
  const tenant = parameterOf(found, 'tenantId')
  const findings = [
    same(found.clientId, signInApp)
      ? undefined
      : wrong(signIn, 'The connection signs people in to another app than the one whose tokens the bot can use.', `Set its client id to ${signInApp}.`),
    /Azure Active Directory v2|AAD v2/i.test(found.serviceProviderDisplayName ?? 'Azure Active Directory v2')
      ? undefined
      : wrong(signIn, `The connection’s provider is “${found.serviceProviderDisplayName}”.`, 'Make it anew with the provider “Azure Active Directory v2”.'),
    scopes.some((scope) => same(scope, `${address}/access_as_user`) || /^(?:https:\/\/graph\.microsoft\.com\/)?User\.Read$/i.test(scope))
      ? undefined
      : wrong(
          signIn,
          `The connection asks for ${scopes.join(' ') || 'no scope'}, which gives tokens that the bot cannot use.`,
          `Set its scopes to ${address}/access_as_user (or to User.Read alone).`,
        ),
    exchange === undefined || same(exchange, address)
      ? undefined
      : wrong(signIn, `The connection’s token exchange URL is ${exchange ?? 'empty'}.`, `Set it to ${address}.`),
    tenant === undefined || same(tenant, directory.tenantId) || ['common', 'organizations'].includes(tenant ?? '')
      ? undefined
      : wrong(signIn, 'The connection signs people in to another tenant.', 'Set its tenant id to the tenant of the people.'),
    tenant === 'common'
      ? warn(signIn, 'The connection lets in personal accounts too (tenant “common”).', 'Set its tenant id to the tenant of the people, or to “organizations”.')
      : undefined,
  ].filter((each) => each !== undefined)
  return findings.length > 0 ? findings : [ok(signIn, 'App, scope, addresses and tenant of the connection fit.')]
}

const connectionOf = async ({ id }: Bot, config: Config, operator: Operator): Promise<readonly Finding[]> => {
  const { connectionName } = config
  if (connectionName === undefined) return []
  const answer = await operator.arm(`${id}/connections?${version}`)
  const all = answer.status === 200 ? listOf(connectionSetting).safeParse(answer.body).data?.value : undefined
  if (!all) return [unknown(signIn, `The connections of the Azure Bot cannot be read: ${whyNot(answer)}.`, mayRead)]
  // Azure names them after the bot: bot/connection.
  const found = all.find(({ name }) => name.split('/').at(-1) === connectionName)
  if (found) return connectionFindings(found.properties, config)
  const others = all.map(({ name }) => `“${name.split('/').at(-1)}”`).join(', ')
  return [
    wrong(
      signIn,
      `The Azure Bot has no connection “${connectionName}”${others ? ` but ${others}` : ''}.`,
      `Create it under this very name (${page}), or correct the setting.`,
    ),
  ]
}

export const azureBot = async (config: Config, operator: Operator): Promise<readonly Finding[]> => {
  const found = await findBot(config, operator)
  if ('level' in found) return [found]
  return [...whichRegistration(found, config), endpoint(found, config), channel(found), ...(await connectionOf(found, config, operator))]
}

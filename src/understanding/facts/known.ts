/** Which facts of a person's case are there, and what is known of each? Enumerations only: nothing of anybody's text. */
import { z } from 'zod'
import { contracts } from '../../guides/schema'

export const factValues = {
  contract: [...contracts, 'mca'],
  account: ['work', 'personal', 'guest', 'several'],
  role: ['global', 'billing', 'owner', 'admin', 'other', 'none'],
  'role-state': ['held', 'eligible', 'coming', 'lost', 'refused'],
  owner: ['me', 'colleague', 'gone', 'personal-account', 'partner'],
  'has-m365': ['yes', 'no', 'trial', 'home-plan'],
  'has-azure': ['yes', 'no', 'trial'],
  'subscription-tenant': ['ours', 'other', 'default-directory'],
  tenants: ['one', 'several'],
  policy: ['blocks', 'allows'],
  offer: ['free', 'payg', 'student', 'visual-studio', 'sponsored'],
  organization: ['business', 'school', 'nonprofit', 'startup', 'home'],
  size: ['1', '2-9', '10-49', '50-299', '300+'],
  aks: ['runs'],
  'key-vault': ['runs'],
  sql: ['runs'],
  storage: ['runs'],
  vm: ['runs'],
  'managed-identity': ['runs'],
  helper: ['named', 'away', 'none'],
  tried: ['failed', 'worked'],
} as const satisfies Record<string, readonly string[]>

export type FactName = keyof typeof factValues
export type FactValue<N extends FactName = FactName> = (typeof factValues)[N][number]

export const factSources = ['told', 'pressed', 'looked-up'] as const

const known = <N extends FactName>(name: N) => z.looseObject({ value: z.enum(factValues[name]), source: z.enum(factSources), at: z.iso.datetime() }).optional()

/** As a person's record holds it. */
export const factsSchema = z.looseObject({
  contract: known('contract'),
  account: known('account'),
  role: known('role'),
  'role-state': known('role-state'),
  owner: known('owner'),
  'has-m365': known('has-m365'),
  'has-azure': known('has-azure'),
  'subscription-tenant': known('subscription-tenant'),
  tenants: known('tenants'),
  policy: known('policy'),
  offer: known('offer'),
  organization: known('organization'),
  size: known('size'),
  aks: known('aks'),
  'key-vault': known('key-vault'),
  sql: known('sql'),
  storage: known('storage'),
  vm: known('vm'),
  'managed-identity': known('managed-identity'),
  helper: known('helper'),
  tried: known('tried'),
} satisfies Record<FactName, unknown>)
export type Facts = z.infer<typeof factsSchema>

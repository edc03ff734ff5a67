/** Ten made-up companies, each with one thing that stands in the way of one tenant, or nothing. One person of each asks. */
import { idOf } from './person-id'
import { sku } from './sku'
import type { SandboxPerson, SandboxTenant } from './tenants'

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'

type About = Partial<Omit<SandboxTenant, 'id' | 'name' | 'people'>> & {
  readonly person: Partial<SandboxPerson> & Pick<SandboxPerson, 'key' | 'name' | 'about'>
}

const company = (name: string, { person, ...rest }: About): SandboxTenant => {
  const domain = `${name.toLowerCase().replaceAll(' ', '')}.onmicrosoft.com`
  const someone: SandboxPerson = {
    objectId: idOf(person.key),
    userPrincipalName: `${person.key}@${domain}`,
    teamsId: `29:1${person.key}`,
    guest: false,
    roles: [],
    ...person,
  }
  return { id: idOf(name), name, domains: [domain], people: [someone], others: [], groups: [], apps: [], skus: [], subscriptions: [], ...rest }
}

const subscriptionOf = (name: string) => idOf(`${name} subscription`)

/** A subscription of its own and its Owner, as far as nothing else is said. */
const withAzure = (name: string) => ({ subscriptions: [subscriptionOf(name)] })

const business = [sku('O365_BUSINESS_PREMIUM', 'Enabled', 10)]

export const companies: readonly SandboxTenant[] = [
  company('Adatum', {
    skus: business,
    person: { key: 'nina', name: 'Nina Holt', about: 'Global Administrator at Adatum, which blocks moves; Azure is elsewhere', roles: [globalAdministrator] },
  }),
  company('Litware', {
    skus: [sku('SPE_E3', 'Enabled', 40)],
    ...withAzure('Litware'),
    policy: { leaving: 'allowed', entering: 'allowed', exempt: [] },
    person: {
      key: 'omar',
      name: 'Omar Benali',
      about: 'Owner at Litware, which lets subscriptions go and come',
      roles: [globalAdministrator],
      azure: [subscriptionOf('Litware')],
    },
  }),
  company('Proseware', {
    skus: [sku('O365_w/o_Teams_Bundle_M5', 'Enabled', 80)],
    policy: { leaving: 'blocked', entering: 'blocked', exempt: ['lea'] },
    person: { key: 'lea', name: 'Léa Marchand', about: 'Exempt from the policy of Proseware', roles: [globalAdministrator], preferredLanguage: 'fr-FR' },
  }),
  company('Trey Research', {
    skus: [sku('SPE_F1', 'Enabled', 120)],
    policy: 'none',
    person: { key: 'kofi', name: 'Kofi Mensah', about: 'Global Administrator by a group at Trey Research, which has no policy stored' },
    groups: [{ id: idOf('Trey admins'), name: 'Admins', roles: [globalAdministrator], members: ['kofi'] }],
  }),
  company('Wingtip', {
    skus: business,
    policy: 'hidden',
    ...withAzure('Wingtip'),
    person: {
      key: 'ida',
      name: 'Ida Lind',
      about: 'Owner at Wingtip, whose policy may not be read',
      azure: [subscriptionOf('Wingtip')],
    },
  }),
  company('Tailspin', {
    skus: business,
    ...withAzure('Tailspin'),
    quotaId: 'CSP_2015-05-01',
    person: { key: 'paul', name: 'Paul Grenier', about: 'Owner at Tailspin, which buys through a partner', azure: [subscriptionOf('Tailspin')] },
  }),
  company('Fourth Coffee', {
    skus: [sku('Microsoft_365_Business_Premium_Donation_(Non_Profit_Pricing)', 'Enabled', 8)],
    ...withAzure('Fourth Coffee'),
    person: {
      key: 'mira',
      name: 'Mira Costa',
      about: 'Owner by a group at Fourth Coffee',
      roles: [billingAdministrator],
      azure: [subscriptionOf('Fourth Coffee')],
      azureRole: 'owner-by-group',
    },
  }),
  company('Coho Winery', {
    skus: [sku('DEVELOPERPACK_E5', 'Enabled', 25)],
    ...withAzure('Coho Winery'),
    person: {
      key: 'theo',
      name: 'Théo Simon',
      about: 'Eligible for everything (PIM) at Coho Winery',
      eligibleRoles: [globalAdministrator],
      azure: [subscriptionOf('Coho Winery')],
      azureRole: 'owner-eligible',
    },
  }),
  company('Lucerne School', {
    skus: [sku('STANDARDWOFFPACK_STUDENT', 'Enabled', 300)],
    ...withAzure('Lucerne School'),
    quotaId: 'DreamSpark_2015-02-01',
    person: {
      key: 'yara',
      name: 'Yara Haddad',
      about: 'Guest at Lucerne School, with a student offer',
      guest: true,
      azure: [subscriptionOf('Lucerne School')],
    },
  }),
  company('Humongous', {
    skus: [sku('FLOW_FREE', 'Enabled', 10_000), sku('Clipchamp_Premium', 'Enabled', 3)],
    subscriptions: [subscriptionOf('Humongous'), idOf('Humongous second')],
    policy: { leaving: 'allowed', entering: 'blocked', exempt: [] },
    person: {
      key: 'sven',
      name: 'Sven Dahl',
      about: 'Owner under a condition at Humongous, of two subscriptions; no Microsoft 365',
      azure: [subscriptionOf('Humongous'), idOf('Humongous second')],
      azureRole: 'owner-with-condition',
    },
  }),
]

/** The made-up organizations of the sandbox. Names of people are those of the 2016 article the guides grew from; products are real ones. */
import { companies } from './companies'
import { sku } from './sku'

export interface SandboxPerson {
  readonly key: string
  readonly name: string
  readonly about: string
  /** Object id in the tenant they are looked up in. */
  readonly objectId: string
  readonly userPrincipalName: string
  /** Teams id (`29:…`), fixed per person. */
  readonly teamsId: string
  readonly guest: boolean
  /** Template ids of the directory roles held directly. */
  readonly roles: readonly string[]
  /** Template ids of the roles that can be activated (PIM). */
  readonly eligibleRoles?: readonly string[]
  /** The account is switched off: not in Teams, but still in the directory. */
  readonly disabled?: boolean
  /** e.g. `fr-FR`. */
  readonly preferredLanguage?: string
  /** Ids of the Azure subscriptions they hold an Azure role on, of whatever tenant. */
  readonly azure?: readonly string[]
  /** How they hold it; default: Owner, assigned to them on the subscription. */
  readonly azureRole?: AzureRole
}

export type AzureRole = 'owner' | 'owner-by-group' | 'owner-eligible' | 'owner-with-condition' | 'owner-inherited' | 'reader'

/** A group directory roles can be given to. */
export interface SandboxGroup {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly eligibleRoles?: readonly string[]
  /** Keys of people. */
  readonly members: readonly string[]
}

/** An app with directory roles of its own. */
export interface SandboxApp {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
}

/** A product the tenant bought. */
export interface SandboxSku {
  readonly skuId: string
  readonly skuPartNumber: string
  /** Names by id. */
  readonly servicePlans: Readonly<Record<string, string>>
  readonly capabilityStatus: 'Enabled' | 'Warning' | 'Suspended' | 'Deleted' | 'LockedOut'
  readonly units: number
}

export interface SandboxTenant {
  readonly id: string
  readonly name: string
  /** The first is the initial one. */
  readonly domains: readonly string[]
  /** Those one meets in Teams. */
  readonly people: readonly SandboxPerson[]
  /** Accounts one does not meet there. */
  readonly others: readonly SandboxPerson[]
  readonly groups: readonly SandboxGroup[]
  readonly apps: readonly SandboxApp[]
  readonly skus: readonly SandboxSku[]
  /** Azure subscriptions that trust this tenant. */
  readonly subscriptions: readonly string[]
  /** Tenants whose people see them as well, by delegated management (Lighthouse). */
  readonly managedBy?: readonly string[]
  /** Of its subscriptions; default pay-as-you-go. */
  readonly quotaId?: string
  /** About subscriptions that leave and enter; `exempt` holds keys of people. Default: it blocks both. */
  readonly policy?:
    | 'none'
    | 'hidden'
    | { readonly leaving: 'blocked' | 'allowed'; readonly entering: 'blocked' | 'allowed'; readonly exempt: readonly string[] }
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'

const contosoSubscription = '5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d'
const fabrikamSubscription = '7a9c3e5f-4d12-4b68-9c0e-1f2a3b4c5d6e'
const northwindSubscription = '8bad4f60-5e23-4c79-ad1f-2a3b4c5d6e7f'

export const contoso: SandboxTenant = {
  id: '3c7a1f52-8e0b-4d67-b1a9-5f2e9d0c7b34',
  name: 'Contoso',
  domains: ['contoso.onmicrosoft.com', 'contoso.com'],
  people: [
    {
      key: 'kelley',
      name: 'Kelley Wall',
      about: 'Global Administrator at Contoso',
      objectId: 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172',
      userPrincipalName: 'admin@contoso.onmicrosoft.com',
      teamsId: '29:1kelley-wall',
      guest: false,
      roles: [globalAdministrator],
      preferredLanguage: 'en-US',
      azure: [contosoSubscription],
    },
    {
      key: 'tricia',
      name: 'Tricia',
      about: 'Billing Administrator at Contoso',
      objectId: 'b2e1d4c3-7c8f-4a91-8d22-3e4f50617283',
      userPrincipalName: 'tricia@contoso.onmicrosoft.com',
      teamsId: '29:1tricia',
      guest: false,
      roles: [billingAdministrator],
      preferredLanguage: 'fr-FR',
    },
    {
      key: 'jane',
      name: 'Jane',
      about: 'No directory role at Contoso',
      objectId: 'c3f2e5d4-8d90-4ba2-9e33-4f5061728394',
      userPrincipalName: 'jane@contoso.onmicrosoft.com',
      teamsId: '29:1jane',
      guest: false,
      roles: [],
    },
    {
      key: 'guest',
      name: 'Robin (guest)',
      about: 'Guest at Contoso, from Fabrikam',
      objectId: 'd403f6e5-9ea1-4cb3-af44-506172839405',
      userPrincipalName: 'robin_fabrikam.com#EXT#@contoso.onmicrosoft.com',
      teamsId: '29:1robin',
      guest: true,
      roles: [],
    },
    {
      key: 'sasha',
      name: 'Sasha Renard',
      about: 'Eligible for Billing Administrator (PIM) at Contoso',
      objectId: 'e514a7f6-afb2-4dc4-b055-617283940516',
      userPrincipalName: 'sasha@contoso.onmicrosoft.com',
      teamsId: '29:1sasha-renard',
      guest: false,
      roles: [],
      eligibleRoles: [billingAdministrator],
      preferredLanguage: 'fr-CA',
      azure: [fabrikamSubscription],
    },
    {
      key: 'morgan',
      name: 'Morgan Diaz',
      about: 'Billing Administrator through a group at Contoso',
      objectId: 'f625b807-b0c3-4ed5-8166-728394051627',
      userPrincipalName: 'morgan@contoso.onmicrosoft.com',
      teamsId: '29:1morgan-diaz',
      guest: false,
      roles: [],
      azure: [northwindSubscription],
    },
  ],
  others: [
    {
      key: 'devon',
      name: 'Devon Price',
      about: 'Disabled Billing Administrator at Contoso',
      objectId: '0736c918-c1d4-4fe6-9277-839405162738',
      userPrincipalName: 'devon@contoso.onmicrosoft.com',
      teamsId: '29:1devon-price',
      guest: false,
      roles: [billingAdministrator],
      disabled: true,
    },
    {
      key: 'casey',
      name: 'Casey (guest)',
      about: 'Guest at Contoso, Billing Administrator through a group',
      objectId: 'd3f285d4-8d90-4ba2-ae33-afb0c1d2e3f4',
      userPrincipalName: 'casey_fabrikam.com#EXT#@contoso.onmicrosoft.com',
      teamsId: '29:1casey',
      guest: true,
      roles: [],
    },
  ],
  groups: [
    {
      id: '1847da29-d2e5-40f7-8388-940516273849',
      name: 'Purchasing',
      roles: [billingAdministrator],
      members: ['casey', 'devon', 'morgan', 'tricia'],
    },
  ],
  apps: [{ id: '2958eb3a-e3f6-4108-9499-05162738495a', name: 'Invoice sync', roles: [billingAdministrator] }],
  skus: [sku('O365_BUSINESS_PREMIUM', 'Enabled', 25), sku('POWER_BI_STANDARD', 'Enabled', 10), sku('ENTERPRISEPACK', 'Suspended', 5)],
  subscriptions: [contosoSubscription],
}

export const fabrikam: SandboxTenant = {
  id: '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15',
  name: 'Fabrikam',
  domains: ['fabrikam.onmicrosoft.com', 'fabrikam.com'],
  people: [
    {
      key: 'robin',
      name: 'Robin',
      about: 'Global Administrator at Fabrikam',
      objectId: '6d9c2f7e-273a-454c-b8dd-495a6b7c8d9e',
      userPrincipalName: 'robin@fabrikam.com',
      teamsId: '29:1robin-fabrikam',
      guest: false,
      roles: [globalAdministrator],
      azure: [fabrikamSubscription],
    },
  ],
  others: [],
  groups: [],
  apps: [],
  skus: [sku('SPE_E3', 'Enabled', 300)],
  subscriptions: [fabrikamSubscription],
}

/** It has Azure, which Contoso manages for it, and products of its own, none of which is Microsoft 365. */
export const northwind: SandboxTenant = {
  id: '9fbe4190-495c-476e-9aff-6b7c8d9eafb0',
  name: 'Northwind',
  domains: ['northwind.onmicrosoft.com'],
  people: [
    {
      key: 'avery',
      name: 'Avery Cole',
      about: 'Global Administrator at Northwind',
      objectId: 'a0cf52a1-5a6d-487f-ab00-7c8d9eafb0c1',
      userPrincipalName: 'avery@northwind.onmicrosoft.com',
      teamsId: '29:1avery-cole',
      guest: false,
      roles: [globalAdministrator],
      azure: [northwindSubscription],
    },
  ],
  others: [],
  groups: [],
  apps: [],
  skus: [sku('POWER_BI_STANDARD', 'Enabled', 1), sku('AAD_PREMIUM_P2', 'Enabled', 5)],
  subscriptions: [northwindSubscription],
  managedBy: [contoso.id],
}

export const tenants: readonly SandboxTenant[] = [contoso, fabrikam, northwind, ...companies]

/** Everybody with an account in a tenant. */
export const accountsOf = ({ people, others }: SandboxTenant): readonly SandboxPerson[] => [...people, ...others]

/** Groups of the tenant a person is in. */
export const groupsOf = ({ groups }: SandboxTenant, { key }: SandboxPerson) => groups.filter(({ members }) => members.includes(key))

/** The account with this object id, and its tenant. */
export const findAccount = (tenantId: string, objectId: string) => {
  const tenant = tenants.find(({ id }) => id === tenantId)
  const person = tenant && accountsOf(tenant).find((each) => each.objectId === objectId)
  return tenant && person && { tenant, person }
}

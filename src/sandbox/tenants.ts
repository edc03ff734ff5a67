/** The made-up organizations of the sandbox. Names of people are those of the 2016 article the guides grew from. */

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
  /** Template ids of the directory roles held. */
  readonly roles: readonly string[]
}

export interface SandboxTenant {
  readonly id: string
  readonly name: string
  readonly domains: readonly string[]
  readonly people: readonly SandboxPerson[]
  /** Azure subscriptions that trust this tenant. */
  readonly subscriptions: readonly string[]
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe'

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
  ],
  subscriptions: ['5e0d7c1a-2b34-4c56-8d78-9e0f1a2b3c4d'],
}

export const fabrikam: SandboxTenant = {
  id: '8d1b6e40-57c2-4f3a-a6b9-0c4d8e2f7a15',
  name: 'Fabrikam',
  domains: ['fabrikam.onmicrosoft.com', 'fabrikam.com'],
  people: [],
  subscriptions: ['7a9c3e5f-4d12-4b68-9c0e-1f2a3b4c5d6e'],
}

export const tenants: readonly SandboxTenant[] = [contoso, fabrikam]

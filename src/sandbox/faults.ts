/** How the sandbox's cloud behaves just now. One object shared by all look-alikes; the chat page and tests change it in place. */
export interface Faults {
  graph: (typeof graphFaults)[number]
  arm: (typeof armFaults)[number]
  /** Signing in to look things up, and the token store; the bot's own tokens for Teams are not touched, or it could not even say so. */
  login: (typeof loginFaults)[number]
  /** Permissions nobody consented to, e.g. `RoleManagement.Read.Directory`: not in new tokens, and refused at once in old ones. */
  denied: readonly string[]
  /** Keys of people who have not added the app, or removed it: the bot cannot write to them. */
  absent: readonly string[]
  /** Messages for one person alone in a shared place. */
  targeted: (typeof targetedFaults)[number]
}

/** `refused`: no consent; `policy`: conditional access wants another sign-in; `reset`: the connection ends without an answer. */
export const graphFaults = ['fine', 'slow', 'throttled', 'down', 'reset', 'expired', 'missing', 'refused', 'policy', 'malformed'] as const
export const armFaults = ['fine', 'slow', 'throttled', 'down', 'refused', 'malformed'] as const
export const loginFaults = ['fine', 'slow', 'throttled', 'down', 'policy'] as const

export const targetedFaults = ['fine', 'refused'] as const

export const noFaults = (): Faults => ({ graph: 'fine', arm: 'fine', login: 'fine', denied: [], absent: [], targeted: 'fine' })

/** What an administrator can withhold (`Faults.denied`) so that the bot sees less. */
export const permissions = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'GroupMember.ReadBasic.All',
  'LicenseAssignment.Read.All',
  'User.Read.All',
  'user_impersonation',
] as const

/** Longer than the bot waits. */
export const slowMs = 6_000

/** What a look-alike learns from an access token whose signature, expiry and audience were checked. */
export interface Claims {
  readonly aud: string
  /** Tenant the token was issued in. */
  readonly tid: string
  /** Id of the app that asked for it. */
  readonly appid: string
  /** Application permissions, e.g. `User.Read.All`; none in a person's token. */
  readonly roles: readonly string[]
  /** Object id of the person, and the delegated permissions, when it is a person's token. */
  readonly person?: { readonly oid: string; readonly scopes: readonly string[] }
}

/** Answers with the claims of a valid token for `audience` (e.g. `https://graph.microsoft.com`), else undefined. */
export type Verify = (token: string, audience: string) => Claims | undefined

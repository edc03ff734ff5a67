/** How the sandbox's cloud behaves just now. One object shared by all look-alikes; the chat page and tests change it in place. */
export interface Faults {
  graph: (typeof graphFaults)[number]
  arm: (typeof armFaults)[number]
}

export const graphFaults = ['fine', 'slow', 'throttled', 'down', 'refused', 'malformed'] as const
export const armFaults = ['fine', 'slow', 'down'] as const

export const noFaults = (): Faults => ({ graph: 'fine', arm: 'fine' })

/** What a look-alike learns from an access token whose signature, expiry and audience were checked. */
export interface Claims {
  readonly aud: string
  /** Tenant the token was issued in. */
  readonly tid: string
  /** Id of the app that asked for it. */
  readonly appid: string
  /** Application permissions, e.g. `User.Read.All`. */
  readonly roles: readonly string[]
}

/** Answers with the claims of a valid token for `audience` (e.g. `https://graph.microsoft.com`), else undefined. */
export type Verify = (token: string, audience: string) => Claims | undefined

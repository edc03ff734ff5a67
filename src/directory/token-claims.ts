import { z } from 'zod'

/** What a token says of itself, unchecked: its signature is for the service it goes to. Undefined when it is no token that can be read. */
export const payloadOf = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}

const delegated = z.object({ scp: z.string() })

/** Delegated permissions in a person's token; none in one of an app. */
export const scopesIn = (token: string): readonly string[] => delegated.safeParse(payloadOf(token)).data?.scp.split(' ') ?? []

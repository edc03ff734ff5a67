import { z } from 'zod'
import type { Way } from './permissions'
import type { UnknownReason } from './reasons'
import type { Detail } from './verdict'

const reasonByStatus: Readonly<Record<number, UnknownReason>> = { 403: 'consent', 429: 'throttled' }
/** A token nobody takes: the app's settings are wrong, or the person's sign-in was ended meanwhile. */
const reasonFor401 = { app: 'sign-in', person: 'signed-out' } as const satisfies Record<Way, UnknownReason>
/** Conditional access answers 401 and 403 as well, but consent would not help; nor does it where the tenant has no PIM. */
const reasonByCode: Readonly<Record<string, UnknownReason>> = {
  insufficient_claims: 'conditional-access',
  interaction_required: 'conditional-access',
  AadPremiumLicenseRequired: 'not-licensed',
}

/** What an answer that was no good means. */
export const reasonFor = ({ status = 0, code }: Detail, way: Way): UnknownReason => {
  if (code && status === 404) return 'not-found'
  const byStatus = status === 401 ? reasonFor401[way] : reasonByStatus[status]
  return reasonByCode[code ?? ''] ?? byStatus ?? 'unavailable'
}

const word = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .optional()
  .catch(undefined)
const errorDocument = z.object({
  error: z.object({ code: word, innerError: z.object({ 'request-id': word }).nullish().catch(undefined) }),
})

export const bodyOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

/** `claims` come with a challenge when a policy wants more, whatever it calls its error. */
const codeInChallenge = (response: Response) => {
  const header = response.headers.get('www-authenticate') ?? ''
  return /\berror\s*=\s*"?insufficient_claims\b|(?:^|[\s,])claims\s*=/i.test(header) ? 'insufficient_claims' : undefined
}

export const detailOf = (response: Response, body: unknown): Detail => {
  const error = errorDocument.safeParse(body).data?.error
  const { headers } = response
  const requestId = error?.innerError?.['request-id'] ?? word.parse(headers.get('request-id') ?? headers.get('x-ms-request-id') ?? undefined)
  return { status: response.status, code: codeInChallenge(response) ?? error?.code, requestId }
}

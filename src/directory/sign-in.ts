import { z } from 'zod'
import type { UnknownReason } from './reasons'
import { CouldNotLook } from './verdict'

/** What the authority answered last; the library's errors carry a text, but neither status nor suberror. */
export interface Attempt {
  status: number | undefined
  refusal: Refusal | undefined
}

/** What is kept of a refusal: its words and whether it asks for more; the rest of the document may name people. */
interface Refusal {
  readonly error?: string | undefined
  readonly suberror?: string | undefined
  /** e.g. `AADSTS65001`. */
  readonly code?: string | undefined
  readonly wantsClaims: boolean
}

const word = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .optional()
  .catch(undefined)
const document = z
  .object({ error: word, suberror: word, claims: z.unknown().optional(), error_codes: z.tuple([z.int()]).rest(z.unknown()).optional().catch(undefined) })
  .transform(({ error, suberror, claims, error_codes: codes }): Refusal => ({
    error,
    suberror,
    code: codes && `AADSTS${codes[0]}`,
    wantsClaims: Boolean(claims),
  }))

/** @param body of the authority's answer, which is not kept. */
export const refusalIn = (body: string | null | undefined): Refusal | undefined => {
  try {
    return document.safeParse(JSON.parse(body ?? '')).data
  } catch {
    return undefined
  }
}

/** Errors and suberrors, the authority's and the library's. */
const reasonByWord: Readonly<Record<string, UnknownReason>> = {
  consent_required: 'consent',
  // Policies of the organization: blocked, or another factor, device or sign-in is wanted.
  basic_action: 'conditional-access',
  additional_action: 'conditional-access',
  message_only: 'conditional-access',
  interaction_required: 'conditional-access',
  // The person's own sign-in is over.
  bad_token: 'signed-out',
  user_password_expired: 'signed-out',
  login_required: 'signed-out',
  network_error: 'unavailable',
  endpoints_resolution_error: 'unavailable',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
}

/** Where the words say too little: numbers come and go. */
const reasonByCode: Readonly<Record<string, UnknownReason>> = {
  AADSTS65001: 'consent',
  AADSTS65004: 'consent',
  AADSTS90094: 'consent',
  AADSTS50005: 'conditional-access',
  AADSTS50076: 'conditional-access',
  AADSTS50079: 'conditional-access',
  AADSTS50158: 'conditional-access',
  AADSTS53000: 'conditional-access',
  AADSTS53001: 'conditional-access',
  AADSTS53002: 'conditional-access',
  AADSTS53003: 'conditional-access',
  AADSTS50132: 'signed-out',
  AADSTS50133: 'signed-out',
  AADSTS50173: 'signed-out',
  AADSTS500133: 'signed-out',
  AADSTS70043: 'signed-out',
  AADSTS70044: 'signed-out',
  AADSTS700082: 'signed-out',
  // The app is for people assigned to it.
  AADSTS50105: 'not-yours',
  AADSTS500011: 'sign-in',
  AADSTS650052: 'sign-in',
}

/** The library folds the authority's error document into one text, led by the error code. */
const textIn = (error: unknown): Pick<Refusal, 'error' | 'code'> => {
  const text = error instanceof Error ? error.message : ''
  return { code: /\bAADSTS\d{4,8}\b/.exec(text)?.[0], error: /\b([a-z]+(?:_[a-z]+)+):/.exec(text)?.[1] }
}

const reasonFor = ({ error = '', suberror = '', code = '', wantsClaims }: Refusal, status = 0): UnknownReason => {
  if (status === 429) return 'throttled'
  if (status >= 500) return 'unavailable'
  return reasonByWord[suberror] ?? (wantsClaims ? 'conditional-access' : reasonByCode[code]) ?? reasonByWord[error] ?? 'sign-in'
}

/** Why no token was issued. Only words and codes are kept: the library's text may quote what was sent. */
export const couldNotSignIn = (failure: unknown, { status, refusal }: Attempt): CouldNotLook => {
  const told = textIn(failure)
  const [error, code] = [refusal?.error ?? told.error, refusal?.code ?? told.code]
  const reason = reasonFor({ error, code, suberror: refusal?.suberror, wantsClaims: refusal?.wantsClaims ?? false }, status)
  return new CouldNotLook(reason, { status, code: code ?? error })
}

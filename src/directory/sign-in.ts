import { CouldNotLook, type UnknownReason } from './verdict'

/** What the authority answered last; the library's errors carry a text, but no status. */
export interface Attempt {
  status: number | undefined
}

const reasonByCode: Readonly<Record<string, UnknownReason>> = {
  consent_required: 'consent',
  AADSTS65001: 'consent',
  // Policies of the organization: blocked, or another factor, device or sign-in is wanted.
  AADSTS50005: 'conditional-access',
  AADSTS50076: 'conditional-access',
  AADSTS50079: 'conditional-access',
  AADSTS50158: 'conditional-access',
  AADSTS53000: 'conditional-access',
  AADSTS53001: 'conditional-access',
  AADSTS53002: 'conditional-access',
  AADSTS53003: 'conditional-access',
  // The person's own sign-in is over.
  AADSTS500133: 'signed-out',
  AADSTS50173: 'signed-out',
  AADSTS700082: 'signed-out',
  interaction_required: 'conditional-access',
  network_error: 'unavailable',
  endpoints_resolution_error: 'unavailable',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
}

/** The library folds the authority's error document into one text, led by the error code. */
const codesIn = (error: unknown) => {
  const text = error instanceof Error ? error.message : ''
  return [/\bAADSTS\d{4,8}\b/.exec(text)?.[0], /\b([a-z]+(?:_[a-z]+)+):/.exec(text)?.[1]].filter((code) => code !== undefined)
}

const reasonFor = (codes: readonly string[], status = 0): UnknownReason => {
  if (status === 429) return 'throttled'
  if (status >= 500) return 'unavailable'
  return codes.map((code) => reasonByCode[code]).find(Boolean) ?? 'sign-in'
}

/** Why no token was issued. Only codes are kept: the library's text may quote what was sent. */
export const couldNotSignIn = (error: unknown, { status }: Attempt): CouldNotLook => {
  const codes = codesIn(error)
  return new CouldNotLook(reasonFor(codes, status), { status, code: codes[0] })
}

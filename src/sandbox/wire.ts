import type { Wire } from './protocol'

const secrets = /^(access_token|refresh_token|id_token|token|client_secret|client_assertion|assertion)$/

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const withoutSecrets = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (secrets.test(key) && typeof inner === 'string' ? '…' : inner))

/** A body as the inspector shows it: parsed where it is JSON or a form, without tokens and secrets; undefined when there is none. */
export const shown = (body: unknown, contentType = ''): unknown => {
  if (body === undefined || body === '') return undefined
  if (typeof body !== 'string') return withoutSecrets(body)
  if (contentType.includes('x-www-form-urlencoded')) return withoutSecrets(Object.fromEntries(new URLSearchParams(body)))
  return withoutSecrets(parsed(body))
}

/** Starts the clock of one exchange; call the result with its outcome. */
export const startWire = (start: Pick<Wire, 'to' | 'method' | 'path' | 'request'>) => {
  const began = performance.now()
  const at = new Date().toISOString()
  return (end: Pick<Wire, 'status' | 'response'>): Wire => ({ at, ...start, ...end, ms: Math.round(performance.now() - began) })
}

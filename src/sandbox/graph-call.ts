import type { Claims } from './faults'
import type { CloudRequest, CloudResponse } from './http'
import type { SandboxTenant } from './tenants'

/** One call to Graph that was let in. */
export interface Call {
  readonly request: CloudRequest
  readonly tenant: SandboxTenant
  readonly claims: Claims
  /** What the route's pattern caught, decoded. */
  readonly id: string
}

/** Each is enough; none: not for this kind of token. */
export interface Permissions {
  readonly application: readonly string[]
  readonly delegated: readonly string[]
}

export interface Route {
  readonly method: string
  readonly path: RegExp
  readonly permissions: Permissions
  readonly needsPerson?: boolean
  readonly answer: (call: Call) => CloudResponse
}

/** The same permissions for apps and for people. */
export const both = (...permissions: readonly string[]): Permissions => ({ application: permissions, delegated: permissions })

export const problem = (status: number, code: string, message: string, headers: Record<string, string> = {}): CloudResponse => ({
  status,
  headers,
  body: { error: { code, message } },
})

export const badRequest = (message: string) => problem(400, 'Request_BadRequest', message)

export const ok = ({ request }: Call, context: string, content: object): CloudResponse => ({
  status: 200,
  body: { '@odata.context': `${request.url.origin}/v1.0/$metadata#${context}`, ...content },
})

type Entity = Readonly<Record<string, unknown>>

/** The properties asked for by `$select`, else the usual ones. */
export const select = ({ request }: Call, everything: Entity, usual = Object.keys(everything)): Entity => {
  const names = request.url.searchParams.get('$select')?.split(',') ?? usual
  const kept = Object.entries(everything).filter(([name]) => names.includes(name) || name.startsWith('@'))
  return Object.fromEntries(kept)
}

/** Small on purpose: a page may be of any size, and whoever reads one page only is found out. */
const pageSize = 2

/** One page of a list, with the address of the next. */
export const page = (call: Call, context: string, entities: readonly Entity[]): CloudResponse => {
  const { url } = call.request
  const start = Number(url.searchParams.get('$skiptoken') ?? 0)
  const next = new URL(url)
  next.searchParams.set('$skiptoken', String(start + pageSize))
  const more = start + pageSize < entities.length && { '@odata.nextLink': next.href }
  return ok(call, context, { ...more, value: entities.slice(start, start + pageSize) })
}

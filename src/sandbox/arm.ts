import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Faults } from './faults'
import type { CloudRequest, CloudResponse, Handler } from './http'
import { tenants } from './tenants'

/** What a look-alike needs of the cloud it stands in. */
export interface ArmCloud {
  readonly faults: Readonly<Faults>
}

/** Longer than the bot waits. */
const slowMs = 6_000
const subscriptionPath = /^\/subscriptions\/([^/]+)$/i
const guid = z.guid()

const problem = (status: number, code: string, message: string, headers: Record<string, string> = {}): CloudResponse => ({
  status,
  headers,
  body: { error: { code, message } },
})

const unauthorized = (tenantId: string): CloudResponse => {
  const what = 'There is no access token in the request.'
  const where = `authorization_uri="https://login.windows.net/${tenantId}"`
  const challenge = `Bearer ${where}, error="invalid_token", error_description="${what}"`
  return problem(401, 'AuthenticationFailed', what, { 'www-authenticate': challenge })
}

const subscription = (id: string): CloudResponse => {
  if (!guid.safeParse(id).success) return problem(400, 'InvalidSubscriptionId', `'${id}' is not a subscription id.`)
  const tenant = tenants.find(({ subscriptions }) => subscriptions.includes(id.toLowerCase()))
  return tenant ? unauthorized(tenant.id) : problem(404, 'SubscriptionNotFound', `There is no subscription '${id}'.`)
}

const answer = ({ method, url }: CloudRequest): CloudResponse => {
  const id = subscriptionPath.exec(url.pathname)?.[1]
  if (method !== 'GET' || !id) return problem(404, 'InvalidResourceType', `There is nothing to ${method} at '${url.pathname}'.`)
  if (!url.searchParams.has('api-version')) return problem(400, 'MissingApiVersionParameter', `'api-version' is missing.`)
  return subscription(decodeURIComponent(id))
}

/** A look-alike of Azure Resource Manager as it answers people who are not signed in. */
export const createArm = ({ faults }: ArmCloud): Handler => async (request) => {
  if (faults.arm === 'slow') await wait(slowMs, undefined, { ref: false })
  return faults.arm === 'down' ? problem(503, 'ServerTimeout', 'Not available just now.') : answer(request)
}

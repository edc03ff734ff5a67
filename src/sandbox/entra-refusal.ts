import { randomUUID } from 'node:crypto'
import type { CloudResponse } from './http'

export const login = 'https://login.microsoftonline.com'

/** Entra's error document. */
export const refusal = (status: number, error: string, code: number, what: string, more: object = {}): CloudResponse => {
  const [trace_id, correlation_id, timestamp] = [randomUUID(), randomUUID(), new Date().toISOString()]
  const error_description = `AADSTS${code}: ${what} Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`
  const error_uri = `${login}/error?code=${code}`
  return { status, body: { error, error_description, error_codes: [code], timestamp, trace_id, correlation_id, error_uri, ...more } }
}

export const unknownTenant = (name: string) => refusal(400, 'invalid_tenant', 90002, `Tenant '${name}' was not found.`)

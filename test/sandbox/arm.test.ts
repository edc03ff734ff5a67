import { createArm } from '../../src/sandbox/arm'
import { noFaults, type Faults } from '../../src/sandbox/faults'
import { contoso, fabrikam } from '../../src/sandbox/tenants'

const ask = (path: string, method = 'GET', faults: Partial<Faults> = {}) =>
  createArm({ faults: { ...noFaults(), ...faults } })({ method, url: new URL(path, 'https://management.azure.com'), headers: {}, body: '' })

const version = '?api-version=2022-12-01'

it.each([contoso, fabrikam])('names the tenant of a subscription of $name in the refusal', async ({ id, subscriptions }) => {
  const { status, headers, body } = await ask(`/subscriptions/${subscriptions[0]?.toUpperCase()}${version}`)
  expect([status, body]).toMatchObject([401, { error: { code: 'AuthenticationFailed', message: expect.any(String) } }])
  expect(headers?.['www-authenticate']).toMatch(
    new RegExp(`^Bearer authorization_uri="https://login\\.windows\\.net/${id}", error="invalid_token", error_description="[^"]+"$`),
  )
})

it.each([
  ['an unknown subscription', 'GET', `/subscriptions/01234567-89ab-4cde-8f01-23456789abcd${version}`, 404, 'SubscriptionNotFound'],
  ['no GUID', 'GET', `/subscriptions/mine${version}`, 400, 'InvalidSubscriptionId'],
  ['no version', 'GET', `/subscriptions/${contoso.subscriptions[0]}`, 400, 'MissingApiVersionParameter'],
  ['something else', 'GET', `/providers${version}`, 404, 'InvalidResourceType'],
  ['a change', 'DELETE', `/subscriptions/${contoso.subscriptions[0]}${version}`, 404, 'InvalidResourceType'],
])('%s', async (_name, method, path, status, code) => {
  const answer = await ask(path, method)
  expect(answer).toMatchObject({ status, body: { error: { code } } })
  expect(answer.headers).not.toHaveProperty('www-authenticate')
})

it('follows the switch: down', async () => {
  const answer = await ask(`/subscriptions/${contoso.subscriptions[0]}${version}`, 'GET', { arm: 'down' })
  expect(answer).toMatchObject({ status: 503, body: { error: { code: 'ServerTimeout' } } })
})

it.each([
  '/providers/Microsoft.Subscription/policies/default',
  `/subscriptions/${contoso.subscriptions[0]}/providers/Microsoft.Authorization/roleAssignments`,
  `/subscriptions/${contoso.subscriptions[0]}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances`,
])('tells nobody who is not signed in: %s', async (path) => {
  const { status, body } = await ask(`${path}${version}`)
  expect([status, body]).toMatchObject([401, { error: { code: 'AuthenticationFailed' } }])
})

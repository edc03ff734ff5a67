/** Thousands of activities that nobody would send, through HTTP, with good tokens: each is answered, the bot lives, and nothing of them comes back to life. */
import { conversation, startSandbox, type Sandbox } from './support/harness'
import { bystander, crowd, fuzz } from './support/fuzz'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ crowd })
})
afterAll(() => sandbox.stop())

test('5,000 of them, or as many as fit into 50 s, and then somebody asks', async () => {
  await fuzz(sandbox, { total: 5_000, mostMs: 50_000 })
  expect((await conversation(sandbox, { person: bystander }).say('what is a tenant')).text).toContain('What a tenant is')
}, 120_000)

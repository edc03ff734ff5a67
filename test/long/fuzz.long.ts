/** Fifty thousand activities that nobody would send, through HTTP; see `test/fuzz.test.ts`. Part of `npm run test:long`. */
import { bystander, crowd, fuzz } from '../support/fuzz'
import { conversation, startSandbox } from '../support/harness'

const hour = 3_600_000

test(
  '50,000 of them, and then somebody asks',
  async () => {
    const sandbox = await startSandbox({ crowd })
    try {
      await fuzz(sandbox, { total: 50_000, mostMs: hour })
      expect((await conversation(sandbox, { person: bystander }).say('what is a tenant')).text).toContain('What a tenant is')
    } finally {
      await sandbox.stop()
    }
  },
  hour,
)

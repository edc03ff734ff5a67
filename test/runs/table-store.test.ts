/** Records in a table, held to the contract against Microsoft's own emulator. */
import { tableStore } from '../../src/runs/table-store'
import { describeTables, startAzurite, type Azurite } from '../support/azurite'
import { describeStore } from './store-contract'

describeTables('a table', () => {
  let azurite: Azurite
  let tables = 0
  beforeAll(async () => {
    azurite = await startAzurite()
  })
  afterAll(() => azurite.stop())

  describe('keeps the contract', () => {
    describeStore(async ({ now }) => tableStore(azurite.client(`records${(tables += 1)}`), { now }))
  })
})

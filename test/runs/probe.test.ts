/** Whether a store can be used is said by name, for what cannot be read and for what cannot be written. */
import { memoryStore } from '../../src/runs/memory-store'
import { createProbe } from '../../src/runs/probe'
import { createSecrets } from '../../src/runs/record-keys'
import { ConflictError, StoreError, type Store } from '../../src/runs/store'

const failure = new StoreError('records cannot be written to the folder x.', 'free space on its disk.', {})
const probing = (store: Store) => createProbe(store, createSecrets(store, ['a'.repeat(32)]))()

test('a store that can be written and read has no problem', async () => {
  expect(await probing(memoryStore())).toBeUndefined()
})

test.each(['get', 'put'] as const)('one of which %s fails is named, with its fix', async (name) => {
  const says = { problem: 'records cannot be written to the folder x.', fix: 'free space on its disk.' }
  expect(await probing({ ...memoryStore(), [name]: () => Promise.reject(failure) })).toMatchObject(says)
  expect(await probing({ ...memoryStore(), [name]: () => Promise.reject(new Error('a person’s words')) })).toEqual({
    problem: 'records cannot be read or written.',
    fix: 'look at the log.',
  })
})

test('one that another instance wrote at the same moment can be written', async () => {
  expect(await probing({ ...memoryStore(), put: () => Promise.reject(new ConflictError('kept/ready')) })).toBeUndefined()
})

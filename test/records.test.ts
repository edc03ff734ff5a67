/** Records of other builds, met by the real bot: those of version 1 go on, and one of a newer build is not touched. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { hashedKey } from '../src/runs/record-keys'
import { readV1, type PersonV1 } from './fixtures/record-v1'
import { conversation, eventually, logOf, startSandbox, type Sandbox } from './support/harness'

const fixtures = join(__dirname, 'fixtures')
const { people }: { people: Readonly<Record<string, { readonly record: string }>> } = JSON.parse(readFileSync(join(fixtures, 'store-v1.json'), 'utf8'))
const hashOf = (name: string): string => people[name]?.record.replace('person/', '') ?? ''

const recordKey = 'of-these-tests-only-0123456789-abcdef'
/** Where the record of a person of version 1 stands today. */
const keyOf = (name: string): string => hashedKey(recordKey, `people/${hashOf(name)}`)

const root = mkdtempSync(join(tmpdir(), 'onetenant-records-'))
let folders = 0
const folder = () => join(root, String((folders += 1)))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What stands in a store that no bot has open, after a change if one is given. */
const withStore = async (path: string, change: Readonly<Record<string, string>> = {}): Promise<Readonly<Record<string, string>>> => {
  const level = new ClassicLevel<string, string>(path)
  for (const [key, text] of Object.entries(change)) await level.put(key, text)
  const entries = await level.iterator().all()
  await level.close()
  return Object.fromEntries(entries)
}

/** While the bot works with this folder. The records in it may be older than any bot keeps them. */
const withBot = async (stateFolder: string, work: (sandbox: Sandbox) => Promise<void>) => {
  const sandbox = await startSandbox({ stateFolder, env: { RUN_RETENTION_DAYS: '36500', RECORD_KEY: recordKey } })
  try {
    await work(sandbox)
  } finally {
    await sandbox.stop()
  }
}

test('a record of a newer build: the person is told in their language, the operator in the log, and not a byte is changed', async () => {
  const stateFolder = folder()
  const key = keyOf('kelley')
  const newer = (etag: string) => JSON.stringify({ value: { v: 3, all: 'new' }, etag, at: '2026-11-27T12:00:00.000Z' })
  const records = { [key]: newer('a'), [keyOf('tricia')]: newer('b') }
  await withStore(stateFolder, records)
  await withBot(stateFolder, async (sandbox) => {
    const kelley = conversation(sandbox)
    expect((await kelley.say('we have microsoft 365 and want azure')).text).toContain('newer version')
    expect((await kelley.say('forget me')).text).toContain('newer version')
    const tricia = conversation(sandbox, { person: 'tricia', locale: 'fr-FR' })
    expect((await tricia.open()).messages).toEqual([])
    expect((await tricia.say('suite')).text).toContain('version plus récente')
    const failed = () => logOf(sandbox).filter(({ msg }) => msg === 'a turn failed')
    await eventually(() => failed().length >= 3, 'a line for each message')
    for (const line of failed()) expect(line).toMatchObject({ error: { name: 'NewerRecordError' }, fix: expect.stringMatching(/newer build/) })
    // Others are served.
    expect((await conversation(sandbox, { person: 'jane' }).say('what is a tenant')).text).toContain('What a tenant is')
  })
  expect(await withStore(stateFolder)).toMatchObject(records)
})

test('people of version 1 go on where they were, back there again, and here again', async () => {
  const stateFolder = folder()
  cpSync(join(fixtures, 'store-v1'), stateFolder, { recursive: true })
  const written = await withStore(stateFolder)
  const keyOfKelley = `person/${hashOf('kelley')}`

  await withBot(stateFolder, async (sandbox) => {
    const kelley = conversation(sandbox)
    expect((await kelley.say('which step am I on?')).text).toContain('Step 3 of 6')
    expect((await kelley.say('next')).text).toContain('Step 4 of 6')
    // A run is the person's, so what was begun in the thread of a channel is open in private.
    const tricia = conversation(sandbox, { person: 'tricia', locale: 'fr-FR' })
    expect((await tricia.say('où en suis-je ?')).text).toContain('Relier Azure et Microsoft 365')
    expect((await tricia.say('mes guides')).text).toMatch(/1\. .*\n*2\. .*\n*3\. /)
    expect((await conversation(sandbox, { person: 'jane' }).say('which step am I on?')).text).toContain('Enterprise Agreement')
    expect(logOf(sandbox).filter(({ msg }) => /could not be read|turn failed/.test(String(msg)))).toEqual([])
  })

  // A build of version 1 finds all of its records as they were, and goes on.
  const { [keyOfKelley]: ofKelley = '', ...others } = Object.fromEntries(
    Object.entries(await withStore(stateFolder)).filter(([key]) => key.startsWith('person/')),
  )
  expect({ [keyOfKelley]: ofKelley, ...others }).toEqual(Object.fromEntries(Object.entries(written).filter(([key]) => key.startsWith('person/'))))
  const { value } = JSON.parse(ofKelley)
  const before: PersonV1 | undefined = readV1(value)
  const at = new Date(Date.now() + 1000).toISOString()
  const runs = before?.runs.map((run) => ({
    ...run,
    step: 'check-same-users',
    done: [...run.done, 'complete-form', 'open-portal'],
    rev: run.rev + 2,
    updatedAt: at,
  }))
  await withStore(stateFolder, { [keyOfKelley]: JSON.stringify({ value: { ...before, plainText: true, runs }, etag: 'version-1', at }) })

  await withBot(stateFolder, async (sandbox) => {
    const reply = await conversation(sandbox).say('which step am I on?')
    expect(reply.text).toContain('Step 5 of 6')
    expect(reply.card).toBeUndefined()
  })
  const { value: kept } = JSON.parse((await withStore(stateFolder))[keyOf('kelley')] ?? '{}')
  expect(kept).toMatchObject({ v: 2, from: { etag: 'version-1' }, person: { plainText: true, runs: [{ step: 'check-same-users' }] } })
}, 120_000)

test('what cannot be read at all costs the person what was kept, is said in the log, and is still there', async () => {
  const stateFolder = folder()
  const key = keyOf('kelley')
  await withStore(stateFolder, { [key]: '{"value":{"v":2,"per' })
  await withBot(stateFolder, async (sandbox) => {
    expect((await conversation(sandbox).say('we have microsoft 365 and want azure')).text).toContain('Before you start')
    const line = await eventually(() => logOf(sandbox).find(({ msg }) => /kept aside/.test(String(msg))), 'the line that says so')
    expect(line).toMatchObject({ kind: 'people', setting: 'STATE_STORE', fix: expect.stringContaining('unreadable/') })
  })
  const stored = await withStore(stateFolder)
  expect(JSON.parse(stored[`unreadable/${key}`] ?? '{}').value).toEqual(['{"value":{"v":2,"per'])
  expect(JSON.parse(stored[key] ?? '{}')).toMatchObject({ value: { v: 2, person: { runs: [{ topic: 'azure-for-m365' }] } } })
})

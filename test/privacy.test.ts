/** What a bot leaves behind. Every test that runs one is held to this by the harness; here it is shown that the search finds things. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { contoso } from '../src/sandbox/tenants'
import { conversation, eventually, logOf, startSandbox, type Sandbox } from './support/harness'
import { leaksIn, type Leak } from './support/privacy'

const said = ['We bought Office last year and I am lost']
const secrets = ['s3cret~of.the.app']
const [kelley] = contoso.people
if (!kelley) throw new Error('Contoso has nobody.')

const planted: readonly (readonly [Leak['what'], string])[] = [
  ['token', 'Bearer abcdefgh12345'],
  ['token', `eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJhMWYwIn0.c2lnbmF0dXJl`],
  ['secret', 'password=s3cret~of.the.app'],
  ['text', 'heard: we bought office last year and I am lost.'],
  ['name', `asked by ${kelley.name}`],
  ['address', `to ${kelley.userPrincipalName}`],
  ['address', 'to somebody@else.example'],
  ['id', `/users/${kelley.objectId}`],
  ['id', `"${contoso.id.toUpperCase()}"`],
  ['id', 'conversation 19:0123456789abcdef@thread.tacv2'],
]

let stateFolder: string
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'onetenant-privacy-'))
})
afterEach(() => rm(stateFolder, { recursive: true, force: true }))

describe('the search', () => {
  test.each(planted)('finds a %s in a log line: %s', async (what, text) => {
    const leaks = await leaksIn({ logs: ['{"msg":"listening"}', JSON.stringify({ msg: text.replaceAll('"', '') })], stateFolder, said, secrets })
    expect(leaks).toContainEqual(expect.objectContaining({ where: 'log', what }))
  })

  test.each(planted)('finds a %s in a record: %s', async (what, text) => {
    const level = new ClassicLevel<string, string>(stateFolder)
    await level.put('person/x', JSON.stringify({ note: text.replaceAll('"', '') }))
    await level.close()
    expect(await leaksIn({ logs: [], stateFolder, said, secrets })).toContainEqual(expect.objectContaining({ where: 'record', what }))
  })

  test('finds what was taken out of a record and is still on the disk', async () => {
    const level = new ClassicLevel<string, string>(stateFolder)
    await level.put('person/x', JSON.stringify({ note: kelley.name }))
    await level.put('person/x', JSON.stringify({ note: '' }))
    await level.close()
    expect(await leaksIn({ logs: [], stateFolder, said, secrets })).toEqual([expect.objectContaining({ where: 'file', what: 'name' })])
  })

  test('finds nothing in what may be there', async () => {
    const level = new ClassicLevel<string, string>(stateFolder)
    await level.put('person/mZ9', JSON.stringify({ title: 'Billing Administrator', proof: { tenant: 'yes', at: '2026-11-25T10:00:00.000Z' } }))
    await level.close()
    expect(await leaksIn({ logs: ['{"level":30,"who":"mZ9abcdefgh1","msg":"listening"}'], stateFolder, said, secrets })).toEqual([])
  })

  test('is made when a bot ends, and its findings are an error', async () => {
    const sandbox = await startSandbox({ stateFolder })
    await writeFile(join(stateFolder, 'notes.txt'), kelley.name)
    await expect(sandbox.stop()).rejects.toThrow(`name in a file: ${kelley.name}`)
  })
})

describe('after much that can go wrong', () => {
  let sandbox: Sandbox
  beforeEach(async () => {
    sandbox = await startSandbox({ singleSignOn: 'app', stateFolder, env: { LOG_LEVEL: 'debug' } })
  })

  test.each(['en-US', 'fr-FR'])('nothing of people is left (%s)', async (locale) => {
    const chat = conversation(sandbox, { locale })
    await chat.open()
    await chat.say(locale === 'en-US' ? 'What is my role in our tenant, I am Kelley?' : 'Quel est mon rôle dans notre locataire, moi Kelley ?')
    sandbox.consented.add('kelley')
    await sandbox.teams.exchange({ person: 'kelley', chat: 'personal-kelley', locale })
    await chat.say(locale === 'en-US' ? 'who can help me in my company?' : 'qui peut m’aider dans mon entreprise ?')
    await chat.say(locale === 'en-US' ? 'do we have one tenant for both now?' : 'avons-nous un seul locataire pour les deux ?')
    for (const part of ['login', 'graph', 'arm'] as const) {
      sandbox.faults[part] = 'down'
      await chat.say(locale === 'en-US' ? 'Please check my role once more, Tricia wants it' : 'Vérifiez encore mon rôle, Tricia le demande')
      sandbox.faults[part] = 'fine'
    }
    await sandbox.teams.post({ type: 'message', text: 'A letter with a bad token in it' }, { token: 'eyJhbGciOiJub25lIn0.eyJvaWQiOiJhMWYwIn0.' })
    sandbox.connector.fail({ status: 503, code: 'ServiceUnavailable' }, Infinity)
    await chat.say('hello, it is me again with this')
    sandbox.connector.recover()
    await eventually(() => logOf(sandbox).length > 0, 'a log line')
    await expect(sandbox.stop()).resolves.toBeUndefined()
  })

  test('a failed turn names the person only by a hash', async () => {
    const chat = conversation(sandbox)
    await chat.open()
    sandbox.connector.fail({ status: 503, code: 'ServiceUnavailable' }, Infinity)
    await chat.say('hello')
    const line = await eventually(() => logOf(sandbox).find(({ msg }) => msg === 'an answer could not be shown; it is owed'), 'the line of the failure')
    expect(line).toMatchObject({ who: expect.stringMatching(/^[\w-]{12}$/) })
    sandbox.connector.recover()
    await sandbox.stop()
  })
})

/** Log lines hold what an operator needs to act, and nothing that belongs to people. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const logFile = join(__dirname, '..', 'dist', 'log.js')

/** What the built log writes when `code` is run with it. */
const written = (code: string, level = 'info'): readonly Readonly<Record<string, unknown>>[] => {
  const script = `const log = require(${JSON.stringify(logFile)}).createLog(${JSON.stringify(level)});${code}`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

test('a line is one JSON object with its time and its level', () => {
  const [line, ...more] = written(`log.warn({ setting: 'PORT', fix: 'Free it.' }, 'cannot listen')`)
  expect(more).toEqual([])
  expect(line).toEqual({ level: 40, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), setting: 'PORT', fix: 'Free it.', msg: 'cannot listen' })
})

test('an error is named and placed, but not quoted', () => {
  const [line] = written(`
    const error = Object.assign(new RangeError('Kelley Wall wrote: hello\\n    at hello (secret.js:1:2)'), {
      code: 'ServiceError', statusCode: 403, request: { headers: { authorization: 'Bearer eyJ' } }, body: 'hello', cause: new Error('hello'),
    })
    log.error({ error }, 'a turn failed')`)
  expect(line?.error).toMatchObject({ name: 'RangeError', code: 'ServiceError', statusCode: 403, at: expect.arrayContaining([expect.stringMatching(/^at /)]) })
  expect(Object.keys(Object(line?.error)).toSorted()).toEqual(['at', 'code', 'name', 'statusCode'])
  expect(JSON.stringify(line)).not.toMatch(/Kelley|hello|secret|eyJ/)
})

test('a line of a message that begins like a place is none', () => {
  const [line] = written(`
    const error = new Error('x')
    error.stack = 'Error: y\\n    at home we say hello\\n    at turn (/app/dist/bot/bot.js:1:2)\\n    at <anonymous>'
    log.error({ error }, 'x')`)
  expect(Object(line?.error).at).toEqual(['at turn (dist/bot/bot.js:1:2)', 'at <anonymous>'])
})

test.each([
  [`'hello from Kelley'`, 'string'],
  ['undefined', 'undefined'],
  [`{ message: 'hello' }`, 'object'],
])('what is thrown and is no error (%s) is told by its kind', (thrown, name) => {
  expect(written(`log.error({ error: ${thrown} }, 'x')`)[0]?.error).toEqual(thrown === 'undefined' ? undefined : { name })
})

test('what a library prints on the console becomes a line, without its words', () => {
  const lines = written(`
    require(${JSON.stringify(logFile)}).captureConsole(log)
    console.error('Error finding key for token of Kelley', new RangeError('hello'))
    console.log('hello')`)
  expect(lines).toMatchObject([
    { level: 30, console: 'error', error: { name: 'RangeError' }, msg: 'a library printed something' },
    { level: 30, console: 'log', msg: 'a library printed something' },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/Kelley|hello/)
})

test('an error that refers to itself, or has a strange stack, is written too', () => {
  const lines = written(`
    const round = new Error('x'); round.cause = round
    const bare = new Error('x'); bare.stack = undefined
    for (const error of [round, bare]) log.error({ error }, 'x')`)
  expect(lines.map(({ msg }) => msg)).toEqual(['x', 'x'])
})

test('places are told without where the project happens to lie', () => {
  const [line] = written(`
    const error = new Error('x')
    error.stack = 'Error: x\\n    at turn (/srv/kelley/onetenant/dist/bot/bot.js:1:2)\\n    at send (file:///srv/kelley/onetenant/node_modules/botbuilder/lib/a.js:3:4)'
    log.error({ error }, 'x')`)
  expect(JSON.stringify(line)).not.toContain('kelley')
  expect(Object(line?.error).at).toEqual(['at turn (dist/bot/bot.js:1:2)', 'at send (node_modules/botbuilder/lib/a.js:3:4)'])
})

test.each([
  ['silent', 0],
  ['error', 1],
  ['info', 2],
  ['debug', 3],
])('the level %s lets %i lines through', (level, count) => {
  expect(written(`log.error('x');log.info('x');log.debug('x')`, level)).toHaveLength(count)
})

test('as long as no secret is known, a person is the same hash within one run of the bot, and another in the next', () => {
  const person = 'a1f0c3d2-6b7e-4f80-9c11-2d3e4f506172'
  const code = `const { whoOf } = require(${JSON.stringify(logFile)});for (const each of ['${person}', '${person}', 'other']) log.info({ who: whoOf(each) }, 'x')`
  const [first, second] = [written(code), written(code)].map((lines) => lines.map(({ who }) => who))
  expect(first).toEqual([expect.stringMatching(/^[\w-]{12}$/), first?.[0], expect.stringMatching(/^[\w-]{12}$/)])
  expect(new Set([...(first ?? []), ...(second ?? [])]).size).toBe(4)
})

test('under a secret a person is the same hash in every run, and another under another one', () => {
  const whoUnder = (secret: string) =>
    written(`const { hashPeopleUnder, whoOf } = require(${JSON.stringify(logFile)});hashPeopleUnder('${secret}');log.info({ who: whoOf('x') }, 'x')`).map(
      ({ who }) => who,
    )
  expect(whoUnder('a secret')).toEqual(whoUnder('a secret'))
  expect(whoUnder('a secret')).not.toEqual(whoUnder('another'))
})

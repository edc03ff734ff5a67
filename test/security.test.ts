/** SECURITY.md promises nothing that is not there: every row of the threats names tests that exist, and every setting is one. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const security = read('SECURITY.md')

const sectionOf = (title: string) => security.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? ''
const rows = sectionOf('Threats')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split(' | '))

test('every threat has what stops it, and a test', () => {
  expect(rows.length).toBeGreaterThan(15)
  for (const [threat, stop, shown = ''] of rows) {
    const files = [...shown.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file)
    expect([threat, stop?.length, files.length]).toEqual([threat, expect.any(Number), expect.any(Number)])
    expect([threat, files.filter((file) => !existsSync(join(root, file)))]).toEqual([threat, []])
    expect([threat, files.length > 0]).toEqual([threat, true])
  }
})

test('every setting and script it names is one', () => {
  const settings = new Set([...security.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name))
  expect(settings.size).toBeGreaterThan(4)
  expect([...settings].filter((name) => !new RegExp(`^${name}=`, 'm').test(read('.env.sample')))).toEqual([])
  const { scripts } = JSON.parse(read('package.json'))
  for (const [, script = ''] of security.matchAll(/`npm run ([\w:]+)`/g)) expect(Object.keys(scripts)).toContain(script)
})

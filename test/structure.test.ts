/** Who may import what. The Bot Framework is at its end of life, so leaving it must stay cheap. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

const root = join(__dirname, '..')

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs|cjs|js)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name).split(sep).join('/'))

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import|require\()\s*['"]([^'"]+)['"]/g)].flatMap(([, name]) =>
    name && /^[@.\w][\w@./-]*(?::[\w/]+)?$/.test(name) ? [name] : [],
  )

/** Where a relative import leads, from the project's root. */
const target = (file: string, name: string) =>
  relative(root, resolve(root, dirname(file), name))
    .split(sep)
    .join('/')

const imports = (folder: string) =>
  filesIn(folder).flatMap((file) => importsOf(file).map((name) => ({ file, name, to: name.startsWith('.') ? target(file, name) : name })))

test('only the thin Teams layer knows the Bot Framework', () => {
  const users = imports('src').filter(({ name }) => /^(?:botbuilder|botframework-)/.test(name))
  expect(users.length).toBeGreaterThan(5)
  expect(users.filter(({ file }) => !file.startsWith('src/bot/'))).toEqual([])
})

/** The folder of a file, or the file itself where it stands alone. */
const roomOf = (path: string): string => path.split('/').slice(0, 2).join('/').replace(/\.ts$/, '')

/** A way back from a room to itself, if there is one. */
const circleFrom = (start: string, doors: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined => {
  const search = (room: string, way: readonly string[]): readonly string[] | undefined => {
    for (const next of doors.get(room) ?? []) {
      if (next === start) return [...way, next]
      if (way.includes(next)) continue
      const found = search(next, [...way, next])
      if (found) return found
    }
    return undefined
  }
  return search(start, [start])
}

test('no two rooms need each other: what they share lives below both', () => {
  const doors = new Map<string, Set<string>>()
  for (const { file, to } of imports('src')) {
    const [from, into] = [roomOf(file), roomOf(to)]
    if (!to.startsWith('src/') || from === into || from === 'src/sandbox' || from === 'src/tools') continue
    doors.set(from, (doors.get(from) ?? new Set()).add(into))
  }
  expect(doors.size).toBeGreaterThan(10)
  expect([...doors.keys()].flatMap((room) => [circleFrom(room, doors)]).filter((way) => way !== undefined)).toEqual([])
})

test('the bot never imports the sandbox or the tools', () => {
  const own = imports('src').filter(({ file }) => !/^src\/(?:sandbox|tools)\//.test(file))
  expect(own.filter(({ to }) => /^src\/(?:sandbox|tools)\b/.test(to))).toEqual([])
})

test('what is true and what is answered do not know how it is sent', () => {
  const inner = imports('src').filter(({ file }) => /^src\/(?:understanding|guides|replies|cards|directory|runs)\//.test(file))
  expect(inner.filter(({ to }) => /^src\/(?:bot|dialogs|turn|take-turn|server|index|config)\b/.test(to))).toEqual([])
})

test('only the start reads the environment', () => {
  const readers = filesIn('src').filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')))
  expect(readers.filter((file) => !/^src\/(?:index\.ts|tools\/|sandbox\/)/.test(file))).toEqual([])
})

test('production needs nothing of what is installed for development', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = imports('src')
    .filter(({ file, name }) => !/^src\/(?:sandbox|tools)\//.test(file) && !name.startsWith('.') && !name.startsWith('node:'))
    .map(({ name }) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  expect(packages.filter((name) => name in devDependencies)).toEqual([])
  expect(packages.filter((name) => !(name in dependencies))).toEqual([])
})

test('nothing reaches outside the project', () => {
  for (const folder of ['src', 'test', 'appPackage']) {
    expect(imports(folder).filter(({ to }) => to.startsWith('..'))).toEqual([])
    const texts = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|mjs|cjs|js|json|jsonl|txt|html|css)$/.test(name) && !/build\/|node_modules/.test(name) && name !== 'structure.test.ts')
      .filter((name) => /(?:^|[\s'"(])(?:\/work\/|\/home\/|\/Users\/|\.\.\/shared\/)/m.test(readFileSync(join(root, folder, name), 'utf8')))
    expect(texts).toEqual([])
  }
})

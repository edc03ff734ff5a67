/** What is installed, and may it be? Every package by the lock file: its licence, its integrity, and that none runs a script of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const root = join(__dirname, '..')
const entry = z.object({
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().optional(),
})
const lock = z.object({ packages: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))

const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, found]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), ...entry.parse(found) }))

/** Those that ask for a notice at most. */
const permissive: readonly string[] = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'PSF-2.0']

/** By name and what its package says; a new version that says something else is looked at anew. */
const exceptions: Readonly<Record<string, { readonly says: string | undefined; readonly why: string; readonly ships: boolean }>> = {
  'escape-regexp-component': { says: undefined, why: 'its readme says MIT', ships: true },
  jspath: { says: undefined, why: 'its package.json lists MIT (with GPL as the other choice)', ships: true },
  'axe-core': { says: 'MPL-2.0', why: 'tests only, unchanged', ships: false },
  'caniuse-lite': { says: 'CC-BY-4.0', why: 'data of a tool for tests', ships: false },
  'dejavu-fonts-ttf': {
    says: 'SEE LICENSE IN README.md AND LICENSE',
    why: 'a free font (Bitstream Vera and public domain), for drawing pictures',
    ships: false,
  },
}
const resvg = { says: 'MPL-2.0', why: 'draws pictures while developing, unchanged', ships: false }
const exceptionFor = (name: string) => exceptions[name] ?? (name.startsWith('@resvg/resvg-js') ? resvg : undefined)

/** `A OR B` leaves the choice, `A AND B` asks for both. */
const isPermissive = (license: string): boolean => {
  const text = license.replaceAll(/[()]/g, '')
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((each) => permissive.includes(each.trim())))
}

test('every package asks for a notice at most, or is an exception by name', () => {
  expect(packages.length).toBeGreaterThan(300)
  const wrong = packages.filter(({ name, license }) => {
    const exception = exceptionFor(name)
    return exception ? exception.says !== license : license === undefined || !isPermissive(license)
  })
  expect(wrong.map(({ name, license }) => `${name}: ${license}`)).toEqual([])
})

test('what is an exception for tests and tools does not ship', () => {
  expect(packages.filter(({ name, dev }) => exceptionFor(name)?.ships === false && dev !== true).map(({ name }) => name)).toEqual([])
})

test('no exception is left over', () => {
  expect(Object.keys(exceptions).filter((name) => !packages.some((each) => each.name === name))).toEqual([])
})

test('every package has the hash it must have, and the lock names no registry of anybody’s', () => {
  expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(({ name }) => name)).toEqual([])
  expect(packages.filter(({ resolved }) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')).map(({ name }) => name)).toEqual([])
})

test('no package runs a script when it is installed, and versions are exact', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m)
  const { dependencies, devDependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

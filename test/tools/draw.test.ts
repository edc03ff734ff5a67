/** The pictures: drawn from source and words, the same as the files in the project. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { pictureIds, picturesSchema } from '../../src/guides/schema'
import { languages } from '../../src/topics'
import { drawAll } from '../../src/tools/draw'
import { drawPicture } from '../../src/tools/draw/pictures'
import { palette } from '../../src/tools/draw/palette'

const root = join(__dirname, '..', '..')
const drawn = [...drawAll()]
const wordsIn = (language: string) => picturesSchema.parse(JSON.parse(readFileSync(join(root, 'src', 'guides', language, 'pictures.json'), 'utf8')))

const cases = languages.flatMap((language) => pictureIds.map((id) => ({ language, id, ...wordsIn(language)[id] })))

it('draws every picture in every language, and the icons', () => {
  const pictures = cases.map(({ language, id }) => `src/cards/images/${language}/${id}.png`)
  expect(drawn.map(([path]) => path).toSorted()).toEqual(
    [...pictures, 'appPackage/color.png', 'appPackage/outline.png', 'appPackage/color32x32.png'].toSorted(),
  )
})

it.each(drawn)('%s is what its source draws', (path, png) => {
  const [now, kept] = [PNG.sync.read(png), PNG.sync.read(readFileSync(join(root, path)))]
  expect([now.width, now.height]).toEqual([kept.width, kept.height])
  expect(now.data.equals(kept.data)).toBe(true)
})

it.each(drawn.filter(([path]) => path.startsWith('src/')))('%s fits a card: at most 1024×1024 pixels and 200 KB', (_path, png) => {
  const { width, height } = PNG.sync.read(png)
  expect(Math.max(width, height)).toBeLessThanOrEqual(1024)
  expect(png.length).toBeLessThan(200 * 1024)
})

it.each(drawn.filter(([path]) => path.startsWith('src/')))('%s has its own opaque ground, whatever the theme', (_path, png) => {
  const { width, height, data } = PNG.sync.read(png)
  const see = (x: number, y: number) => data[(y * width + x) * 4 + 3]
  expect(see(0, 0)).toBe(0)
  for (const [x, y] of [
    [width >> 1, 1],
    [1, height >> 1],
    [width >> 1, height >> 1],
    [width - 2, height >> 1],
  ] as const)
    expect(see(x, y)).toBe(255)
})

it.each(cases)('$id ($language) draws each of its words', ({ id, words }) => {
  const said = [...drawPicture(id, words).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, line]) => line?.replaceAll('&amp;', '&'))
  for (const word of Object.values(words)) expect(said.join(' ')).toContain(word)
})

it.each(cases)('$id ($language) has its words in no size that is unreadable on a phone', ({ id, words }) => {
  const sizes = [...drawPicture(id, words).matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(21)
})

it('says which word is missing, left over or too long', () => {
  const { words } = wordsIn('en')['same-users']
  const { tenant, ...others } = words
  expect(tenant).toBeDefined()
  expect(() => drawPicture('same-users', others)).toThrow('words.tenant is missing')
  expect(() => drawPicture('same-users', { ...words, extra: 'More' })).toThrow('words.extra: drawn nowhere')
  expect(() => drawPicture('same-users', { ...words, user1: 'Kelley Wall of Contoso' })).toThrow('does not fit')
})

it('has the same places for words in every language', () => {
  for (const { language, id, words } of cases) expect([language, Object.keys(words)]).toEqual([language, Object.keys(wordsIn('en')[id].words)])
})

it('writes French with its apostrophes and no-break spaces', () => {
  for (const { alt, words } of Object.values(wordsIn('fr'))) for (const text of [alt, ...Object.values(words)]) expect(text).not.toMatch(/'| [:;?!»]|« /)
})

describe('colours', () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [...Buffer.from(colour.slice(1), 'hex')].map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }

  it.each([
    ['white', 'tenant'],
    ['white', 'microsoft365'],
    ['white', 'azure'],
    ['white', 'bad'],
    ['white', 'quiet'],
    ['ink', 'paper'],
    ['ink', 'tenantSoft'],
    ['ink', 'microsoft365Soft'],
    ['ink', 'azureSoft'],
    ['quiet', 'paper'],
    ['quiet', 'tenantSoft'],
    ['good', 'goodSoft'],
    ['bad', 'badSoft'],
    ['good', 'paper'],
    ['bad', 'paper'],
  ] as const)('%s can be read on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })
})

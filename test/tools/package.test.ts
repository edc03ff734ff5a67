/** The app package: made from the settings, read back, and refused with the rule it breaks. */
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { PNG } from 'pngjs'
import { fromBufferPromise } from 'yauzl'
import { ConfigError } from '../../src/config'
import { pagePaths } from '../../src/pages'
import { PackageError, buildPackage, run } from '../../src/tools/package'
import { ruleNames } from '../../src/tools/package/rules'

const botId = '11111111-2222-4333-8444-555555555555'
const settings = { MicrosoftAppId: botId, PUBLIC_URL: 'https://bot.contoso.com/' }
const withSignIn = { ...settings, OAUTH_CONNECTION_NAME: 'graph' }

let work: string
let folder: string
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'onetenant-package-'))
  folder = join(work, 'appPackage')
  cpSync(join(__dirname, '..', '..', 'appPackage'), folder, {
    recursive: true,
    filter: (path) => !path.endsWith('build'),
  })
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

const build = (environment: Record<string, string | undefined> = settings, version = '1.2.3') => buildPackage({ folder, environment, version })

const unzip = async (zip: Buffer): Promise<Map<string, Buffer>> => {
  const file = await fromBufferPromise(zip)
  const content = new Map<string, Buffer>()
  for await (const entry of file.eachEntry()) content.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)))
  return content
}
const manifestIn = async (zip: Buffer) => JSON.parse(String((await unzip(zip)).get('manifest.json')))

describe('a package that keeps the rules', () => {
  it('holds exactly the manifest, the icons and the language files, at its root and below 1 MB', async () => {
    const zip = await build()
    expect([...(await unzip(zip)).keys()]).toEqual(['manifest.json', 'color.png', 'outline.png', 'color32x32.png', 'fr.json'])
    expect(zip.length).toBeLessThan(1_000_000)
  })

  it('holds the icons and the translation unchanged', async () => {
    const files = await unzip(await build())
    for (const icon of ['color.png', 'outline.png', 'color32x32.png']) expect(files.get(icon)).toEqual(readFileSync(join(folder, icon)))
    expect(JSON.parse(String(files.get('fr.json')))).toEqual(JSON.parse(readFileSync(join(folder, 'fr.json'), 'utf8')))
  })

  it('is filled from the settings', async () => {
    const manifest = await manifestIn(await build({ ...settings, DEVELOPER_NAME: 'Contoso "IT" $& Co' }))
    expect(manifest).toMatchObject({
      version: '1.2.3',
      id: botId,
      developer: {
        name: 'Contoso "IT" $& Co',
        websiteUrl: 'https://bot.contoso.com',
        privacyUrl: 'https://bot.contoso.com/privacy',
        termsOfUseUrl: 'https://bot.contoso.com/terms',
      },
      bots: [{ botId }],
    })
  })

  it('takes an app id of its own', async () => {
    const own = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
    expect(await manifestIn(await build({ ...settings, TEAMS_APP_ID: own }))).toMatchObject({
      id: own,
      bots: [{ botId }],
    })
  })

  it('to try things out it stands beside the app itself: an id of its own that stays, and a name', async () => {
    const dev = async (environment: Record<string, string>) => {
      const zip = await buildPackage({ folder, environment, version: '1.2.3', variant: 'dev' })
      return { manifest: await manifestIn(zip), french: JSON.parse(String((await unzip(zip)).get('fr.json'))) }
    }
    const { manifest, french } = await dev(settings)
    expect(manifest).toMatchObject({ name: { short: 'OneTenant (dev)' }, bots: [{ botId }] })
    expect(french['name.short']).toBe('OneTenant (dev)')
    expect(manifest.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect((await dev(settings)).manifest.id).toBe(manifest.id)
    expect((await dev({ ...settings, TEAMS_APP_ID: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' })).manifest.id).not.toBe(manifest.id)
  })

  it('for the store it is the same, from somebody who is named', async () => {
    const environment = { ...settings, DEVELOPER_NAME: 'Contoso IT' }
    const store = await manifestIn(await buildPackage({ folder, environment, version: '1.2.3', variant: 'store' }))
    expect(store).toEqual(await manifestIn(await build(environment)))
  })

  it('links to pages that the bot has', async () => {
    const { developer, publisherDocsUrl } = await manifestIn(await build())
    const linked = [...Object.values(developer), publisherDocsUrl].filter((value): value is string => String(value).startsWith('https://'))
    expect(linked.map((address) => new URL(address).pathname).toSorted()).toEqual([...pagePaths].toSorted())
  })

  it('declares sign-in only where the bot signs people in', async () => {
    const without = await manifestIn(await build())
    expect(without).not.toHaveProperty('webApplicationInfo')
    expect(without).not.toHaveProperty('validDomains')
    expect(await manifestIn(await build(withSignIn))).toMatchObject({
      webApplicationInfo: { id: botId, resource: `api://botid-${botId}` },
      validDomains: ['token.botframework.com'],
    })
  })

  it('names the app that people sign in to, where the bot is a managed identity', async () => {
    const signInApp = '22222222-3333-4444-8555-666666666666'
    const manifest = await manifestIn(await build({ ...withSignIn, MicrosoftAppType: 'UserAssignedMSI', AZURE_CLIENT_ID: signInApp }))
    expect(manifest.webApplicationInfo).toEqual({ id: signInApp, resource: `api://botid-${botId}` })
  })

  it('has the same bytes whenever and wherever it is made', async () => {
    const first = await build()
    const zone = process.env.TZ
    process.env.TZ = 'Pacific/Auckland'
    const second = await build()
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(second.equals(first)).toBe(true)
  })
})

describe('settings', () => {
  it('names every one that is missing or malformed, with its fix', async () => {
    const failed = build({
      MicrosoftAppId: 'bot',
      PUBLIC_URL: 'http://bot.contoso.com',
      TEAMS_APP_ID: 'x',
      DEVELOPER_NAME: 'y'.repeat(33),
    })
    await expect(failed).rejects.toThrow(ConfigError)
    await expect(failed).rejects.toMatchObject({
      problems: ['MicrosoftAppId', 'TEAMS_APP_ID', 'PUBLIC_URL', 'DEVELOPER_NAME'].map((setting) => ({
        setting,
        problem: expect.stringMatching(/^is .+\.$/),
        fix: expect.stringMatching(/^Give|^Copy/),
      })),
    })
  })

  it('stops with code 2 and writes nothing', async () => {
    const said: string[] = []
    const target = join(work, 'build', 'onetenant.zip')
    expect(await run({ folder, environment: {}, version: '1.2.3' }, target, (text) => said.push(text))).toBe(2)
    expect(said.join()).toMatch(/MicrosoftAppId: is missing\. Fix: .+\nPUBLIC_URL: is missing\. Fix: /)
    expect(existsSync(target)).toBe(false)
  })
})

describe('a package that breaks a rule', () => {
  const at = (file: string) => join(folder, file)
  /** Changes a file's text; fails when there is nothing to change. */
  const change = (file: string, from: string | RegExp, to: string) => {
    const before = readFileSync(at(file), 'utf8')
    const after = before.replace(from, () => to)
    expect(after).not.toBe(before)
    writeFileSync(at(file), after)
  }
  const paint = (file: string, side: number, colour: (x: number, y: number) => readonly number[]) => {
    const png = new PNG({ width: side, height: side })
    for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) png.data.set(colour(x, y), (y * side + x) * 4)
    writeFileSync(at(file), PNG.sync.write(png))
  }
  const [blue, white, nothing] = [
    [63, 69, 166, 255],
    [255, 255, 255, 255],
    [0, 0, 0, 0],
  ]
  const manifest = 'manifest.json'
  const firstTitle = '"bots[0].commandLists[0].commands[0].title"'

  let home: string | undefined
  beforeEach(() => (home = undefined))

  const breaks: [what: string, rule: string, where: RegExp, how: () => void][] = [
    ['no manifest', 'manifest-json', /^manifest\.json/, () => rmSync(at(manifest))],
    ['a manifest that is no JSON', 'manifest-json', /^manifest\.json/, () => change(manifest, '{', '{{')],
    ['an unknown schema', 'schema-version', /^manifest\.json/, () => change(manifest, 'v1.29/', 'v9.99/')],
    ['a preview schema', 'schema-version', /^manifest\.json/, () => change(manifest, 'v1.29/', 'vDevPreview/')],
    ['a language file of another schema', 'schema-version', /^fr\.json/, () => change('fr.json', 'v1.29/', 'v1.28/')],
    ['a key the schema does not know', 'schema', /^manifest\.json/, () => change(manifest, '"accentColor"', '"packageName": "x", "accentColor"')],
    ['a scope in the wrong case', 'schema', /^manifest\.json/, () => change(manifest, /"groupChat"\]/, '"groupchat"]')],
    ['a translation that is too long', 'schema', /^fr\.json/, () => change('fr.json', '"description.short": "', `"description.short": "${'é'.repeat(80)}`)],
    ['no colour icon', 'icon-file', /^color\.png/, () => rmSync(at('color.png'))],
    ['an icon that is no PNG', 'icon-file', /^outline\.png/, () => writeFileSync(at('outline.png'), 'GIF89a')],
    ['an icon of the wrong size', 'icon-size', /^color\.png/, () => cpSync(at('outline.png'), at('color.png'))],
    ['a symbol outside the middle', 'icon-color', /^color\.png/, () => paint('color.png', 192, (x) => (x > 150 ? white : blue) ?? [])],
    ['a translucent ground', 'icon-color', /^color\.png/, () => paint('color.png', 192, () => [63, 69, 166, 128])],
    ['an empty colour icon', 'icon-color', /^color\.png/, () => paint('color.png', 192, () => blue ?? [])],
    ['a coloured outline', 'icon-outline', /^outline\.png/, () => paint('outline.png', 32, (x) => (x > 15 ? [254, 255, 255, 255] : nothing) ?? [])],
    ['an outline on white', 'icon-outline', /^outline\.png/, () => paint('outline.png', 32, () => white ?? [])],
    ['an empty outline', 'icon-outline', /^outline\.png/, () => paint('outline.png', 32, () => nothing ?? [])],
    ['a small icon on a ground', 'icon-color32x32', /^color32x32\.png/, () => paint('color32x32.png', 32, () => blue ?? [])],
    ['an empty small icon', 'icon-color32x32', /^color32x32\.png/, () => paint('color32x32.png', 32, () => nothing ?? [])],
    ['an offer', 'store-offer', /^manifest\.json description\.short/, () => change(manifest, 'with the same users"', 'with a free trial"')],
    ['an offer in a translation', 'store-offer', /^fr\.json description\.short/, () => change('fr.json', 'mêmes utilisateurs"', 'essai gratuit"')],
    ['nobody who offers it', 'store-developer', /developer/, () => undefined],
    ['an address that others share', 'store-home', /websiteUrl/, () => void (home = 'https://x.azurewebsites.net')],
    ['a version that is no version', 'version', /version/, () => change(manifest, '"${{VERSION}}"', '"banana"')],
    ['a placeholder nothing fills', 'placeholder', /accentColor/, () => change(manifest, '#3F45A6', '${{ACCENT}}')],
    ['a placeholder in a translation', 'placeholder', /^fr\.json name\.short/, () => change('fr.json', '"OneTenant"', '"${{APP_NAME}}"')],
    ['an icon in a folder', 'file-name', /icons\/color\.png/, () => change(manifest, '"color.png"', '"icons/color.png"')],
    ['a product in the name', 'name', /^manifest\.json name\.short/, () => change(manifest, '"OneTenant"', '"Azure Helper"')],
    ['a Teams word in the translated name', 'name', /^fr\.json name\.short/, () => change('fr.json', '"OneTenant"', '"OneTenant chat"')],
    ['an old product name', 'text', /description\.full/, () => change(manifest, 'want one Microsoft Entra', 'with Office 365 want one Microsoft Entra')],
    ['Microsoft shortened', 'text', /description\.short/, () => change(manifest, 'One Microsoft Entra tenant', 'One MS Entra tenant')],
    ['Teams without its full name', 'text', /^fr\.json description\.full/, () => change('fr.json', 'dans Microsoft Teams', 'dans Teams')],
    ['a description that is too long', 'text-length', /description\.full/, () => change(manifest, '"full": "', `"full": "${'one '.repeat(300)}`)],
    ['an address without https', 'https', /privacyUrl/, () => change(manifest, '"${{PUBLIC_URL}}/privacy"', '"http://bot.contoso.com/privacy"')],
    ['no https address at all', 'https', /termsOfUseUrl/, () => change(manifest, '"${{PUBLIC_URL}}/terms"', '"https://"')],
    ['a wildcard over shared hosts', 'domain', /azurewebsites/, () => change(manifest, '["token', '["*.azurewebsites.net", "token')],
    ['sign-in without its domain', 'sign-in-domain', /validDomains/, () => change(manifest, '["token.botframework.com"]', '["bot.contoso.com"]')],
    ['a bot without commands', 'command', /bots/, () => change(manifest, /"commandLists": \[[^]*?\n {6}\]/, '"commandLists": []')],
    ['a command with a slash', 'command-title', /^manifest\.json .*title/, () => change(manifest, '"title": "Help"', '"title": "/help"')],
    ['a translated command with a slash', 'command-title', /^fr\.json .*title/, () => change('fr.json', `${firstTitle}: "`, `${firstTitle}: "/`)],
    ['a command without description', 'command-description', /commands\[11\]/, () => change(manifest, ', "description": "Everything you can ask"', '')],
    ['a command twice', 'command-duplicate', /^manifest\.json .*\[11\]/, () => change(manifest, '"title": "Help"', '"title": "check  my ROLE"')],
    ['a translated command twice', 'command-duplicate', /^fr\.json .*\[11\]/, () => change('fr.json', '"Aide"', '"Vérifier mon rôle"')],
    ['two lists for one scope', 'command-scope', /commandLists/, () => change(manifest, '"scopes": ["personal"]', '"scopes": ["personal", "team"]')],
    ['a list for a scope the bot has not', 'command-scope', /commandLists/, () => change(manifest, '"personal", "team", "groupChat"', '"team", "groupChat"')],
    ['no language file', 'language-file', /^fr\.json/, () => rmSync(at('fr.json'))],
    ['a language twice', 'language-file', /localizationInfo/, () => change(manifest, '"defaultLanguageTag": "en"', '"defaultLanguageTag": "FR"')],
    [
      'a language of the bot that Teams is not told of',
      'every-language',
      /^manifest\.json localizationInfo/,
      () => change(manifest, '[{ "languageTag": "fr", "file": "fr.json" }]', '[]'),
    ],
    [
      'an untranslated text',
      'translation',
      /^fr\.json bots\[0\]\.commandLists\[1\]\.commands\[11\]\.title/,
      () => change('fr.json', /,\s*"bots\[0\]\.commandLists\[1\]\.commands\[11\]\.title": "[^"]*"/, ''),
    ],
    ['a translation of nothing', 'translation', /commandLists\[2\]/, () => change('fr.json', firstTitle, '"bots[0].commandLists[2].commands[0].title"')],
    [
      'a package of more than 1 MB',
      'package-size',
      /onetenant\.zip/,
      () => change(manifest, '{', `{ "noise": "${randomBytes(1_000_000).toString('base64')}",`),
    ],
  ]

  it.each(breaks)('is refused for %s (%s)', async (_what, rule, where, how) => {
    how()
    const given = {
      folder,
      environment: { ...withSignIn, ...(home && { PUBLIC_URL: home }) },
      version: '1.2.3',
      variant: rule.startsWith('store-') ? ('store' as const) : ('production' as const),
    }
    const error: unknown = await buildPackage(given).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PackageError)
    expect(error).toMatchObject({
      broken: expect.arrayContaining([{ rule, where: expect.stringMatching(where), problem: expect.any(String) }]),
    })
  })

  it('is tried with every rule there is', () => {
    expect(new Set(breaks.map(([, rule]) => rule))).toEqual(
      new Set([
        ...ruleNames,
        'manifest-json',
        'schema',
        'schema-version',
        'icon-file',
        'icon-size',
        'icon-color',
        'icon-color32x32',
        'icon-outline',
        'package-size',
      ]),
    )
  })

  it('is refused with all of them at once, with code 1, and nothing is written', async () => {
    change(manifest, '"OneTenant"', '"Teams Helper"')
    change(manifest, '"title": "Help"', '"title": "/help"')
    rmSync(at('outline.png'))
    const said: string[] = []
    const target = join(work, 'build', 'onetenant.zip')
    expect(await run({ folder, environment: settings, version: 'next' }, target, (text) => said.push(text))).toBe(1)
    for (const rule of ['name', 'command-title', 'icon-file', 'version']) expect(said.join()).toMatch(new RegExp(`^${rule}: `, 'm'))
    expect(existsSync(target)).toBe(false)
  })

  it.each([
    ['token.botframework.com', true],
    ['bot.contoso.com', true],
    ['*.bot.contoso.com', true],
    ['contoso.azurewebsites.net', true],
    ['*.botframework.com', false],
    ['*.microsoftonline.com', false],
    ['*.onmicrosoft.com', false],
    ['*.microsoft.com', false],
    ['go.microsoft.com', false],
    ['teams.microsoft.com', false],
    ['*.com', false],
    ['com', false],
    ['https://bot.contoso.com', false],
    ['bot.contoso.com/path', false],
    ['bot*.contoso.com', false],
    ['bot.*.contoso.com', false],
    ['abc.ngrok-free.app', false],
    ['x.devtunnels.ms', false],
    ['localhost', false],
  ])('may name the domain %s: %s', async (domain, allowed) => {
    change(manifest, '["token.botframework.com"]', `["token.botframework.com", "${domain}"]`)
    const broken = await build(withSignIn).then(
      () => [],
      (error: unknown) => (error instanceof PackageError ? error.broken : [error]),
    )
    expect(broken).toEqual(allowed ? [] : [{ rule: 'domain', where: expect.stringContaining(domain), problem: expect.any(String) }])
  })
})

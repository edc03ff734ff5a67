/** The sandbox page in a real browser, as a newcomer uses it: from "bonjour" to the end of a guide, in both languages. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type Locator, type Page, chromium } from 'playwright-core'
import { noFaults } from '../../src/sandbox/faults'
import { type PageServer, startPageServer } from '../../src/sandbox/page-server'
import { type Sandbox, startSandbox } from '../../src/sandbox/start'
import { contoso } from '../../src/sandbox/tenants'
import { signInBot } from './probe'

const root = join(__dirname, '..', '..')
const pictures = join(root, 'test', '.screenshots')
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((path) => path && existsSync(path))
const isRequired = process.env.BROWSER_TESTS === 'required'

if (!executablePath && !isRequired) process.stderr.write('Browser tests are skipped: no Chromium was found. Install one, or name it in CHROMIUM.\n')

/** Fewer of the browser's own errands, which only ever fail here. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const addressIn = (program: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = ''
    program.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (address) resolve(address)
    })
    program.once('exit', () => reject(new Error(`The sandbox ended before it said where it is:\n${printed}`)))
  })

interface Words {
  /** A different person each: what one has told is not asked again. */
  readonly person: string
  readonly lang: 'en' | 'fr'
  readonly question: string
  readonly before: string
  readonly contract: string
  readonly account: string
  readonly begin: string
  readonly next: string
  readonly finish: string
  readonly last: number
  readonly end: string
  readonly accept: string
  readonly helped: string
}

const english: Words = {
  person: 'kelley',
  lang: 'en',
  question: 'We have Microsoft 365. How do we get Azure with the same users?',
  before: 'Get Azure for the users you have in Microsoft 365',
  contract: 'On the web, or a Microsoft Customer Agreement',
  account: 'Yes, that is the account I will use',
  begin: 'Start',
  next: 'Done, next',
  finish: 'Done, finish',
  last: 6,
  end: 'Azure now uses your Microsoft 365 directory',
  accept: 'Accept',
  helped: 'Yes, it helped',
}

const french: Words = {
  person: 'tricia',
  lang: 'fr',
  question: 'Nous avons Microsoft 365. Comment obtenir Azure avec les mêmes utilisateurs ?',
  before: 'Obtenir Azure pour vos utilisateurs Microsoft 365',
  contract: 'Sur le web, ou Contrat client Microsoft (Microsoft Customer Agreement)',
  account: 'Oui, c’est ce compte que j’utiliserai',
  begin: 'Commencer',
  next: 'C’est fait, suite',
  finish: 'C’est fait, terminer',
  last: 6,
  end: 'Azure utilise l’annuaire de Microsoft 365',
  accept: 'Accepter',
  helped: 'Oui, merci',
}

interface SignInWords {
  /** Says no first, then yes. */
  readonly unsure: string
  /** Says yes at once. */
  readonly willing: string
  readonly lang: 'en' | 'fr'
  readonly theme: 'light' | 'dark'
  readonly wish: RegExp
  readonly accept: string
  readonly decline: string
  readonly declined: string
  readonly welcome: string
  readonly signInTo: string
  readonly done: string
  readonly down: string
  readonly missing: string
  readonly reset: string
}

const signInEnglish: SignInWords = {
  unsure: 'kelley',
  willing: 'morgan',
  lang: 'en',
  theme: 'light',
  wish: /OneTenant wants to read your profile and directory role as you, .*, at Contoso/,
  accept: 'Accept',
  decline: 'Decline',
  declined: 'Without signing in, then.',
  welcome: 'There you are.',
  signInTo: 'Sign in to Contoso',
  done: 'Signed in',
  down: 'Graph: Down (503)',
  missing: '1 permission is missing',
  reset: 'Back to normal',
}

const signInFrench: SignInWords = {
  unsure: 'tricia',
  willing: 'guest',
  lang: 'fr',
  theme: 'dark',
  wish: /OneTenant souhaite lire votre profil et votre rôle d’annuaire en votre nom, .*, chez Contoso/,
  accept: 'Accepter',
  decline: 'Refuser',
  declined: 'Alors sans connexion.',
  welcome: 'Vous voilà.',
  signInTo: 'Se connecter à Contoso',
  done: 'Connexion réussie',
  down: 'Graph : En panne (503)',
  missing: 'Il manque 1 autorisation',
  reset: 'Retour à la normale',
}

const inBrowser = executablePath || isRequired ? describe : describe.skip

inBrowser('the sandbox page', () => {
  let program: ChildProcess
  let browser: Browser
  let address: string

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    program = spawn(process.execPath, [join(root, 'dist', 'sandbox', 'index.js')], { env: { ...process.env, CI: 'true' } })
    address = await addressIn(program)
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags })
  })

  afterAll(async () => {
    await browser?.close()
    program?.kill('SIGTERM')
  })

  const open = async (query: string, size = { width: 1280, height: 900 }, at = address): Promise<Page> => {
    // Colours are measured, so nothing may be half faded in.
    const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' })
    page.setDefaultTimeout(10_000)
    await page.goto(`${at}/?${query}`)
    return page
  }

  const newest = (page: Page): Locator => page.getByTestId('card').last()
  const say = async (page: Page, text: string) => {
    await page.locator('#write').fill(text)
    await page.keyboard.press('Enter')
  }
  const shows = (page: Page, heading: string) => newest(page).getByRole('heading', { name: heading }).waitFor()
  const press = (page: Page, title: string) => newest(page).getByRole('button', { name: title, exact: true }).click()
  const accept = (page: Page, title: string) => page.getByRole('dialog').getByRole('button', { name: title, exact: true }).click()

  /** Serious accessibility violations of the page as it stands. */
  const violations = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
    return page.evaluate(async () => {
      const axe = Reflect.get(globalThis, 'axe') as { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
      const { violations: found } = await axe.run()
      return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
  }

  test.each([english, french])('walks a person from "bonjour" to the end of a guide ($lang)', async (words) => {
    const page = await open(`person=${words.person}&chat=personal-${words.person}&lang=${words.lang}&theme=light`)
    await newest(page).waitFor()
    await say(page, 'bonjour')
    await shows(page, 'Bonjour')
    await say(page, words.question)
    await shows(page, words.before)
    await page.screenshot({ path: join(pictures, `before-${words.lang}.png`) })
    await newest(page).getByLabel(words.contract).check()
    await press(page, words.begin)
    await newest(page).getByLabel(words.account).check()
    await press(page, words.begin)
    const step = words.lang === 'fr' ? 'Étape' : 'Step'
    const of = words.lang === 'fr' ? 'sur' : 'of'
    for (let n = 1; n <= words.last; n += 1) {
      await newest(page).getByText(`${step} ${n} ${of} ${words.last}`).waitFor()
      if (n === 2) await page.screenshot({ path: join(pictures, `step-${words.lang}.png`) })
      await press(page, n === words.last ? words.finish : words.next)
    }
    await shows(page, words.end)
    await accept(page, words.accept)
    await newest(page).getByText('Microsoft 365 Business Standard').waitFor()
    await press(page, words.helped)
    await newest(page).getByRole('button', { name: words.helped }).waitFor({ state: 'detached' })
    await page.screenshot({ path: join(pictures, `end-${words.lang}.png`) })
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  test('keeps a role out of the channel and shows it in the private chat', async () => {
    const page = await open('person=morgan&chat=personal-morgan&lang=en&theme=dark')
    await newest(page).waitFor()
    await say(page, 'What is my role?')
    await accept(page, english.accept)
    await shows(page, 'You can do this')
    await page.getByTestId('chat').filter({ hasText: 'General' }).click()
    // Opening a chat brings the greeting; what is asked before it would stand above it.
    await shows(page, 'OneTenant is here to help this team')
    await say(page, 'What is my role?')
    await shows(page, 'We go on in private')
    expect(await page.locator('#pane').textContent()).not.toContain('Billing Administrator')
    await newest(page)
      .getByRole('link', { name: /Open our private chat/ })
      .click()
    await page.waitForURL(/chat=personal-morgan/)
    await newest(page).getByText('You asked for this in a channel').waitFor()
    await shows(page, 'You can do this')
    await newest(page).getByText('Billing Administrator').first().waitFor()
    await page.screenshot({ path: join(pictures, 'private-en.png') })
    await page.close()
  })

  test('fits a phone, in French and in the dark', async () => {
    const page = await open('person=jane&chat=personal-jane&lang=fr&theme=dark', { width: 320, height: 720 })
    await newest(page).waitFor()
    await say(page, 'quel est mon rôle ?')
    await accept(page, french.accept)
    await shows(page, 'Pas avec les rôles actifs en ce moment')
    await page.screenshot({ path: join(pictures, 'phone-fr.png') })
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(tooWide).toBe(false)
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  describe.each([signInEnglish, signInFrench])('signing in and the cloud ($lang)', (words) => {
    let sandbox: Sandbox
    let server: PageServer

    beforeAll(async () => {
      sandbox = await startSandbox({ script: signInBot, singleSignOn: 'app' })
      server = await startPageServer(sandbox)
    })
    afterAll(async () => {
      await server.stop()
      await sandbox.stop()
    })

    const openAs = (person: string, size?: { width: number; height: number }) =>
      open(`person=${person}&chat=personal-${person}&lang=${words.lang}&theme=${words.theme}`, size, server.url)
    const dialog = (page: Page) => page.getByRole('dialog')
    const card = (page: Page) => page.getByTestId('sign-in').last()
    const answer = (page: Page, title: string) => dialog(page).getByRole('button', { name: title, exact: true }).click()
    const signedIn = (page: Page) => card(page).getByRole('button', { name: words.done, disabled: true }).waitFor()
    /** The bot says it for the nth time. */
    const hears = (page: Page, text: string, times = 1) =>
      page
        .getByRole('log')
        .getByText(text)
        .nth(times - 1)
        .waitFor()
    const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}-${words.lang}.png`) })
    /** What the person's Teams sent the bot about signing in. */
    const sent = (person: string) => {
      const { objectId } = contoso.people.find(({ key }) => key === person) ?? {}
      const all = sandbox.wires.filter(({ to }) => to === 'bot').map(({ request }) => Object(request))
      return all.filter(({ name, from }) => name?.startsWith('signin/') && from.aadObjectId === objectId).map(({ name }) => name)
    }

    test('a no is heard, and the button is there for a yes', async () => {
      const page = await openAs(words.unsure)
      const other = await openAs('jane')
      await say(page, 'role')
      await dialog(page).getByText(words.wish).waitFor()
      // Somebody who is still typing has not answered, and the keyboard stays in the window.
      await page.keyboard.press('Enter')
      await dialog(page).waitFor()
      await page.keyboard.press('Tab')
      expect(
        await dialog(page)
          .getByRole('button', { name: words.decline })
          .evaluate((element) => element === document.activeElement),
      ).toBe(true)
      await picture(page, 'consent')
      expect(await violations(page)).toEqual([])
      await answer(page, words.decline)
      await hears(page, words.declined)
      expect(await dialog(other).count()).toBe(0)
      expect(sent(words.unsure)).toEqual(['signin/tokenExchange', 'signin/verifyState'])

      await page.reload()
      await card(page).waitFor()
      expect(await dialog(page).count()).toBe(0)
      await card(page).getByRole('button').click()
      await dialog(page).getByRole('heading', { name: words.signInTo }).waitFor()
      await page.keyboard.press('Escape')
      await hears(page, words.declined, 2)
      expect([...sandbox.consented]).toEqual([])

      await card(page).getByRole('button').click()
      await answer(page, words.accept)
      await signedIn(page)
      await hears(page, words.welcome)
      expect(await violations(page)).toEqual([])
      await page.close()
      await other.close()
    })

    test('a yes is asked for once, until it is forgotten; on a phone', async () => {
      const page = await openAs(words.willing, { width: 320, height: 700 })
      const desktop = await openAs(words.willing)
      await say(page, 'role')
      await dialog(desktop).waitFor()
      await dialog(page).getByText(words.wish).waitFor()
      await picture(page, 'consent-phone')
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
      await answer(page, words.accept)
      await signedIn(page)
      // Their other client asks no longer, and takes nothing for a no.
      await dialog(desktop).waitFor({ state: 'detached' })
      await signedIn(desktop)
      await desktop.close()
      expect(sent(words.willing)).toEqual(['signin/tokenExchange', 'signin/tokenExchange', 'signin/tokenExchange'])

      await say(page, 'role')
      await hears(page, words.welcome, 2)
      await signedIn(page)
      expect(await dialog(page).count()).toBe(0)

      await page.getByTestId('settings').click()
      await page.getByTestId('cloud').click()
      await page.getByTestId('forget-consent').click()
      await page.locator('[data-testid=forget-consent]:disabled').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await say(page, 'role')
      await dialog(page).getByText(words.wish).waitFor()
      await page.close()
    })

    test('the directory is switched off and on again', async () => {
      const page = await openAs(words.unsure)
      const strip = page.getByTestId('strip')
      await page.getByTestId('cloud').click()
      await page.getByTestId('cloud-graph').selectOption('down')
      await strip.getByText(words.down).waitFor()
      await page.getByTestId('permission-User.Read.All').uncheck()
      await strip.getByText(words.missing).waitFor()
      expect(sandbox.faults).toEqual({ ...noFaults(), graph: 'down', denied: ['User.Read.All'] })
      await picture(page, 'cloud')
      expect(await violations(page)).toEqual([])

      const second = await openAs('jane')
      await second.getByTestId('strip').getByText(words.down).waitFor()
      await second.getByTestId('strip').getByRole('button', { name: words.reset }).click()
      await second.getByTestId('strip').waitFor({ state: 'hidden' })
      expect(sandbox.faults).toEqual(noFaults())

      // The panel shows what is true when it opens.
      await page.keyboard.press('Escape')
      await page.getByTestId('cloud').click()
      await strip.waitFor({ state: 'hidden' })
      expect(await page.getByTestId('cloud-graph').inputValue()).toBe('fine')
      await page.getByTestId('cloud-graph').selectOption('slow')
      await page.getByTestId('reset-cloud').click()
      await strip.waitFor({ state: 'hidden' })
      await page.close()
      await second.close()
    })
  })
})

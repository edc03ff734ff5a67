/** The sandbox page in a real browser, as a newcomer uses it: from "bonjour" to the end of a guide, in both languages. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type Locator, type Page, chromium } from 'playwright-core'

const root = join(__dirname, '..', '..')
const pictures = join(root, 'test', '.screenshots')
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((path) => path && existsSync(path))
const isRequired = process.env.BROWSER_TESTS === 'required'

if (!executablePath && !isRequired)
  process.stderr.write('Browser tests are skipped: no Chromium was found. Install one, or name it in CHROMIUM.\n')

/** Fewer of the browser's own errands, which only ever fail here. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

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
  helped: 'Oui, merci',
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

  const open = async (query: string, size = { width: 1280, height: 900 }): Promise<Page> => {
    const page = await browser.newPage({ viewport: size })
    page.setDefaultTimeout(10_000)
    await page.goto(`${address}/?${query}`)
    return page
  }

  const newest = (page: Page): Locator => page.getByTestId('card').last()
  const say = async (page: Page, text: string) => {
    await page.locator('#write').fill(text)
    await page.keyboard.press('Enter')
  }
  const shows = (page: Page, heading: string) => newest(page).getByRole('heading', { name: heading }).waitFor()
  const press = (page: Page, title: string) => newest(page).getByRole('button', { name: title, exact: true }).click()

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
    await press(page, words.helped)
    await newest(page).getByRole('button', { name: words.helped }).waitFor({ state: 'detached' })
    await page.screenshot({ path: join(pictures, `end-${words.lang}.png`) })
    expect(await violations(page)).toEqual([])
    await page.close()
  })

  test('keeps a role out of the channel and shows it in the private chat', async () => {
    const page = await open('person=tricia&chat=channel&lang=en&theme=dark')
    // Opening a chat brings the greeting; what is asked before it would stand above it.
    await shows(page, 'OneTenant is here to help this team')
    await say(page, 'What is my role?')
    await shows(page, "Let's do that in private")
    await newest(page).getByRole('link', { name: /Open our private chat/ }).click()
    await page.waitForURL(/chat=personal-tricia/)
    await newest(page).waitFor()
    await say(page, 'What is my role?')
    await shows(page, 'You can do this')
    await newest(page).getByText('Billing Administrator').first().waitFor()
    await page.screenshot({ path: join(pictures, 'private-en.png') })
    await page.close()
  })

  test('fits a phone, in French and in the dark', async () => {
    const page = await open('person=jane&chat=personal-jane&lang=fr&theme=dark', { width: 320, height: 720 })
    await newest(page).waitFor()
    await say(page, 'quel est mon rôle ?')
    await shows(page, 'Pas avec les rôles actifs en ce moment')
    await page.screenshot({ path: join(pictures, 'phone-fr.png') })
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(tooWide).toBe(false)
    expect(await violations(page)).toEqual([])
    await page.close()
  })
})

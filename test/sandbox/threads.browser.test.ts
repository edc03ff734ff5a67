/** Two people in a channel, in a real browser: one goes on in private, one alone is answered, and a guide is put into the chat from the message box. */
import { existsSync } from 'node:fs'
import { type Browser, type Page, chromium } from 'playwright-core'
import { type PageServer, startPageServer } from '../../src/sandbox/page-server'
import { type Sandbox, startSandbox } from '../../src/sandbox/start'

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((path) => path && existsSync(path))
const isRequired = process.env.BROWSER_TESTS === 'required'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const inBrowser = executablePath || isRequired ? describe : describe.skip

inBrowser('a thread and the private chat', () => {
  let sandbox: Sandbox
  let server: PageServer
  let browser: Browser

  beforeAll(async () => {
    sandbox = await startSandbox()
    server = await startPageServer(sandbox)
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await sandbox?.stop()
  })

  const open = async (query: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    await page.goto(`${server.url}/?${query}`)
    return page
  }
  const write = async (page: Page, text: string) => {
    await page.locator('#write').fill(text)
    await page.keyboard.press('Enter')
  }
  const reply = async (page: Page, text: string) => {
    const thread = page.getByTestId('thread').last()
    const opener = thread.getByTestId('reply')
    if (await opener.isVisible()) await opener.click()
    await thread.getByTestId('write').fill(text)
    await page.keyboard.press('Enter')
  }
  const press = (page: Page, title: string) => page.getByTestId('card').last().getByRole('button', { name: title, exact: true }).click()
  const follow = (page: Page, title: string) => page.getByTestId('card').last().getByRole('link', { name: title, exact: true }).click()
  const pane = (page: Page) => page.locator('#pane')
  const shows = (page: Page, heading: string) => page.getByTestId('card').last().getByRole('heading', { name: heading }).waitFor()

  test('one of two people goes through the guide in private, at the step that both see', async () => {
    const kelley = await open('person=kelley&chat=channel&lang=en')
    const jane = await open('person=jane&chat=personal-jane&lang=en')
    await jane.getByTestId('card').last().waitFor()
    await jane.getByTestId('chat').filter({ hasText: 'General' }).click()
    await write(kelley, 'We have Microsoft 365 and want Azure')
    await shows(kelley, 'Get Azure for the users you have in Microsoft 365')
    await press(kelley, 'Start')
    await shows(kelley, 'Open the Azure sign-up')
    await shows(jane, 'Open the Azure sign-up')
    await press(jane, 'Done, next')
    await shows(kelley, 'Sign in with your Microsoft 365 work account')

    await reply(jane, 'walk me through it')
    await shows(jane, 'We go on in private')
    await shows(kelley, 'We go on in private')
    await follow(jane, 'Open our private chat')
    await shows(jane, 'Get Azure for the users you have in Microsoft 365')
    expect(await jane.getByTestId('card').last().textContent()).toContain('You asked for this in a channel')
    await jane.getByLabel('On the web, or a Microsoft Customer Agreement').check()
    await press(jane, 'Start')
    await jane.getByLabel('Yes, that is the account I will use').check()
    await press(jane, 'Start')
    await shows(jane, 'Sign in with your Microsoft 365 work account')
  }, 90_000)

  test('who has not added the app is told alone, follows the link, and adds it', async () => {
    sandbox.faults.absent = ['tricia']
    const tricia = await open('person=tricia&chat=group&lang=fr')
    const kelley = await open('person=kelley&chat=group&lang=en')
    await write(tricia, 'quel est mon rôle ?')
    await shows(tricia, 'Faisons cela en privé')
    await tricia.getByTestId('only-you').waitFor()
    await pane(kelley).getByText('quel est mon rôle').waitFor()
    expect(await pane(kelley).getByText('Faisons cela en privé').count()).toBe(0)
    await follow(tricia, 'Ouvrir notre conversation privée')
    await tricia.getByTestId('add-app').getByRole('button').click()
    await tricia.locator('#write').waitFor()
    await tricia.getByTestId('card').last().waitFor()
    expect(sandbox.faults.absent).toEqual([])
  }, 60_000)

  test('a guide is found in the message box and posted; what a message means is told to whoever asks', async () => {
    const page = await open('person=kelley&chat=group&lang=en')
    await page.getByTestId('apps').click()
    await page.getByTestId('search').fill('azure for m365')
    await page.getByTestId('found').first().filter({ hasText: 'Get Azure for the users' }).click()
    await shows(page, 'Get Azure for the users you have in Microsoft 365')
    expect(sandbox.teams.messages().at(-1)).toMatchObject({ from: 'kelley', chat: 'group' })

    await page.getByTestId('mention').click()
    await write(page, 'I get AADSTS50020, what now?')
    await pane(page).getByText('I get AADSTS50020').waitFor()
    await page.getByTestId('ask-about').last().click()
    const answer = page.getByTestId('answer-window')
    await answer.getByText('AADSTS50020').first().waitFor()
    const before = sandbox.teams.messages().length
    await answer.getByRole('button', { name: 'Reply with this' }).click()
    await answer.waitFor({ state: 'detached' })
    await page.getByTestId('card').last().getByText('AADSTS50020').first().waitFor()
    expect(sandbox.teams.messages().length).toBe(before + 1)
  }, 60_000)
})

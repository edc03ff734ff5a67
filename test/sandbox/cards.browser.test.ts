/** Cards as Microsoft's client draws them: how much is in sight at its width, and on a phone? Measured in a real browser. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, type Page, chromium } from 'playwright-core'
import { render } from '../../src/cards/render'
import type { Reply } from '../../src/cards/reply'
import { guideOf } from '../../src/guides'
import { answerReply, withWayBack } from '../../src/replies/answer'
import { beforeReply, box, endReply, stepReply, stoppedReply, stuckReply } from '../../src/replies/guide'
import { helpersReply } from '../../src/replies/helpers'
import { proofReply } from '../../src/replies/proof'
import { roleReply } from '../../src/replies/role'
import { helpReply, myRunsReply, welcomeReply } from '../../src/replies/talk'
import { languages, scenarios, type Language } from '../../src/topics'
import { begun, helperLists, looks, proofs, publicUrl } from '../replies/examples'

const root = join(__dirname, '..', '..')
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = places.find((path) => path && existsSync(path))
const inBrowser = executablePath || process.env.BROWSER_TESTS === 'required' ? describe : describe.skip

/** Of Microsoft's web client, and of a narrow phone. */
const desktop = 446
const phone = 300
/** In sight of a chat that stays at its end. */
const mostInSight = 450
const phoneScreen = 640
/** Names of tenants, products and subscriptions take lines of their own; the field and the buttons below them are in sight. */
const mostWithFindings = 550
const screen = 660

interface Sample {
  readonly name: string
  readonly reply: Reply
}

const stepsIn = (language: Language): readonly Sample[] =>
  scenarios.flatMap((topic) => {
    const guide = guideOf(topic, language)
    return guide.steps.map(({ id }) => ({
      name: `${language} ${topic} ${id}`,
      reply: stepReply({ run: { ...begun(topic, language), stage: 'steps', step: id }, guide, publicUrl }),
    }))
  })

const longest = <T>(all: readonly T[]): T => {
  const [most] = all.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)
  if (most === undefined) throw new Error('nothing to choose from')
  return most
}

const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('nothing to choose from')
  return one
}

/** `choose`: among what a directory can say. */
const othersIn = (language: Language, choose: <T>(all: readonly T[]) => T): readonly Sample[] => {
  const run = begun('link-existing', language)
  const guide = guideOf('link-existing', language)
  const view = { run, guide, publicUrl }
  const onStep = { ...view, run: { ...run, stage: 'steps' as const, step: 'agree-on-people' } }
  const proof = choose(proofs)
  const made: Readonly<Record<string, Reply>> = {
    'contract asked': beforeReply({ ...view, known: { account: [] }, role: undefined }),
    'account asked, role looked up': beforeReply({ ...view, known: { contract: 'web', account: [] }, role: choose(looks) }),
    'step after the contract': stepReply(onStep, [box('emphasis', 'About your contract', guide.before?.contracts.web.text ?? '')]),
    stuck: stuckReply(onStep),
    stopped: stoppedReply({ ...view, run: { ...run, stage: 'stopped' } }, { kind: 'contract', text: guide.before?.contracts.ea.text ?? '' }),
    end: endReply({ ...view, run: { ...run, stage: 'end' } }, { proof }),
    proof: proofReply(begun('verify-setup', language), proof),
    role: roleReply(begun('check-role', language), choose(looks)),
    helpers: helpersReply({
      language,
      publicUrl,
      need: 'buy-microsoft-365',
      found: choose(helperLists.filter(({ kind }) => kind === 'found').toReversed()),
      step: undefined,
    }),
    answer: answerReply({ topic: 'change-directory-impact', language, publicUrl }),
    'answer beside a step': withWayBack(answerReply({ topic: 'billing-and-trial', language, publicUrl }), onStep.run),
    welcome: welcomeReply(language),
    help: helpReply(language),
    'my guides': myRunsReply(language, [run, { ...run, id: 'other' }, begun('azure-for-m365', language)]),
  }
  return Object.entries(made).map(([name, reply]) => ({ name: `${language} ${name}`, reply }))
}

const steps = languages.flatMap(stepsIn)
const others = languages.flatMap((language) => othersIn(language, first))
const fullest = languages.flatMap((language) => othersIn(language, longest))

interface Measured {
  readonly name: string
  /** Of the whole card, and from what it says below its heading to its end. */
  readonly height: number
  readonly fromText: number
  readonly isTooWide: boolean
}

inBrowser('cards in a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const entry = `import { cardElement, prepareCards } from './cards'; import { wordsIn } from './words'; Object.assign(globalThis, { cardElement, prepareCards, wordsIn })`
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: join(root, 'src/sandbox/page'), loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
    })
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox', '--disable-gpu'] })
    page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
    await page.setContent('<!doctype html><html lang="en" data-theme="light"><title>Cards</title><body><main id="stage"></main></body></html>')
    await page.addStyleTag({ content: `${readFileSync(join(root, 'src/sandbox/page/page.css'), 'utf8')} body { display: block }` })
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
  })
  afterAll(() => browser?.close())

  const measure = (samples: readonly Sample[], width: number): Promise<readonly Measured[]> =>
    page.evaluate(
      ({ cards, wide }) => {
        const api = globalThis as unknown as Record<'prepareCards' | 'wordsIn' | 'cardElement', (...given: unknown[]) => HTMLElement>
        const words = api.wordsIn('en')
        api.prepareCards(words)
        const stage = document.getElementById('stage') ?? document.body
        stage.style.width = `${wide}px`
        return cards.map(({ name, card }, index) => {
          const nothing = () => undefined
          stage.replaceChildren(
            api.cardElement(JSON.parse(card), { words, publicUrl: '', key: `card-${index}`, label: name, onPress: nothing, onLink: nothing }),
          )
          const drawn = stage.querySelector('.card') ?? stage
          const heading = drawn.querySelector('[role=heading]') ?? drawn
          const { bottom, height } = drawn.getBoundingClientRect()
          return { name, height, fromText: bottom - heading.getBoundingClientRect().bottom, isTooWide: drawn.scrollWidth > wide }
        })
      },
      { cards: samples.map(({ name, reply }) => ({ name, card: JSON.stringify(render(reply)) })), wide: width },
    )

  test('what to do at a step and its buttons stand in sight together', async () => {
    const measured = await measure(steps, desktop)
    expect(measured.filter(({ fromText }) => fromText > mostInSight).map(({ name, fromText }) => `${name}: ${fromText}`)).toEqual([])
  })

  test('what else is asked and said does too; with all that a directory can say, it is less than a screen', async () => {
    const over = (measured: readonly Measured[], most: number) =>
      measured.filter(({ fromText }) => fromText > most).map(({ name, fromText }) => `${name}: ${fromText}`)
    const holdsFindings = ({ name }: Sample) => / (?:end|proof|account asked, role looked up)$/.test(name)
    expect(
      over(
        await measure(
          others.filter((each) => !holdsFindings(each)),
          desktop,
        ),
        mostInSight,
      ),
    ).toEqual([])
    expect(over(await measure(others.filter(holdsFindings), desktop), mostWithFindings)).toEqual([])
    expect(over(await measure(fullest, desktop), screen)).toEqual([])
  })

  test('of the bar of progress, what is ahead is lighter than what is walked, in light and in dark', async () => {
    const [sample] = steps.slice(2)
    if (!sample) throw new Error('no step')
    await measure([sample], desktop)
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
      const bar = page.locator('.card .ac-richTextBlock').first()
      const ink = await inkOf(await bar.screenshot())
      expect(ink.walked).toBeGreaterThan(ink.ahead * 1.2)
      expect(ink.ahead).toBeGreaterThan(0)
    }
  })

  /** How much differs from the ground, in the first and the last sixth of the bar: step 3 of 6 is at neither. */
  const inkOf = (png: Buffer): Promise<{ readonly walked: number; readonly ahead: number }> =>
    page.evaluate(async (data) => {
      const image = new Image()
      image.src = `data:image/png;base64,${data}`
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: image.width, height: image.height })
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.drawImage(image, 0, 0)
      const pixels = context.getImageData(0, 0, image.width, image.height).data
      const at = (x: number, y: number) => [0, 1, 2].map((part) => pixels[(y * image.width + x) * 4 + part] ?? 0)
      const ground = at(image.width - 1, 0)
      const columns = Array.from({ length: image.width }, (_, x) =>
        Array.from({ length: image.height }, (_unused, y) => at(x, y).reduce((sum, value, part) => sum + Math.abs(value - (ground[part] ?? 0)), 0)).reduce(
          (a, b) => a + b,
          0,
        ),
      )
      const end = columns.findLastIndex((each) => each > 0)
      const sum = (from: number, to: number) => columns.slice(from, to).reduce((a, b) => a + b, 0) / Math.max(1, to - from)
      const part = Math.floor(end / 6)
      return { walked: sum(0, part), ahead: sum(end - part, end) }
    }, png.toString('base64'))

  test('on a phone every card fits in two screens and is no wider than it', async () => {
    const measured = await measure([...steps, ...others, ...fullest], phone)
    expect(measured.filter(({ isTooWide }) => isTooWide).map(({ name }) => name)).toEqual([])
    expect(measured.filter(({ height }) => height > 2 * phoneScreen).map(({ name, height }) => `${name}: ${height}`)).toEqual([])
  })
})

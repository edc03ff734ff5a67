/** The sandbox's chat page in the browser: gets the scene, draws it, follows it. */
import { languageOfTag } from '../../languages'
import type { Scene, SceneEvent } from '../protocol'
import { follow, getScene } from './api'
import { alertLine } from './conversation'
import { byId } from './dom'
import { addAppFor, changeCloud, forgetConsentOf, lookAtCloud } from './cloud-acts'
import { catchUp, lostTouch, openInFront, pressButton, speak } from './exchanges'
import { createPage, forget, goTo, type Page, receive } from './page'
import { signInByButton, signInSilently } from './signing-in'
import { type View, viewOf } from './view'
import { wordsIn } from './words'

const preferredTheme = (): View['theme'] => {
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

const preferred = (): Pick<View, 'lang' | 'theme'> => ({
  lang: languageOfTag(navigator.language) ?? 'en',
  theme: preferredTheme(),
})

const addressedView = (scene: Scene): View => viewOf(new URLSearchParams(location.search), scene, preferred())

const takeIn = (page: Page, event: SceneEvent): void => {
  switch (event.kind) {
    case 'message':
    case 'updated':
      return receive(page, event.message)
    case 'deleted':
      return forget(page, event.chat, event.id)
    case 'typing':
      return event.chat === page.view.chat ? page.conversation?.typing(event.thread) : undefined
    case 'wire':
      return page.inspector.add(event.wire)
  }
}

const run = (scene: Scene): void => {
  const page = createPage(scene, addressedView(scene), {
    say: (saying) => void speak(page, saying),
    press: (message, press) => pressButton(page, message, press),
    signIn: (message) => signInByButton(page, message),
    askedToSignIn: (message) => signInSilently(page, message),
    lookAtCloud: () => void lookAtCloud(page),
    changeCloud: (change) => void changeCloud(page, change),
    forgetConsent: (person) => void forgetConsentOf(page, person),
    addApp: (person) => void addAppFor(page, person),
    moved: () => void openInFront(page),
  })
  void lookAtCloud(page)
  addEventListener('popstate', () => goTo(page, addressedView(scene)))
  follow({
    onConnected: () => void catchUp(page),
    onLost: () => lostTouch(page),
    onEvent: (event) => takeIn(page, event),
  })
}

const sceneOrRetry = async (): Promise<Scene> => {
  try {
    return await getScene()
  } catch {
    const words = wordsIn(preferred().lang)
    await new Promise<void>((retry) => byId('pane').replaceChildren(alertLine(words.sandboxAway, words, retry)))
    return sceneOrRetry()
  }
}

run(await sceneOrRetry())

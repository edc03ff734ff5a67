/** Keeps the keyboard where it was when something is drawn anew. */

const nameOf = (element: Element): string | undefined => element.getAttribute('aria-label') ?? undefined

const namedLike = (root: HTMLElement, name: string | undefined): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>(':is(button, input, select, textarea):not(:disabled)')].find((element) => nameOf(element) === name)

/** Puts `after` in the place of `before`. Focus within goes to the control of the same name, else to the card itself. */
export const replaceKeepingFocus = (before: HTMLElement, after: HTMLElement): void => {
  const focused = before.contains(document.activeElement) ? document.activeElement : undefined
  before.replaceWith(after)
  if (!focused) return
  const target = namedLike(after, nameOf(focused)) ?? after.querySelector<HTMLElement>('.card > [tabindex]')
  target?.focus({ preventScroll: true })
}

const selectorOf = (focused: HTMLElement): string =>
  focused instanceof HTMLInputElement && focused.type === 'radio'
    ? `input[name="${focused.name}"]:checked`
    : `[data-testid="${CSS.escape(focused.dataset['testid'] ?? '')}"]:not(:disabled)`

/** Draws what is in `root` anew. Focus within stays on the same control, else goes to a heading that can have it. */
export const redrawKeepingFocus = (root: HTMLElement, draw: () => void): void => {
  const focused = document.activeElement
  const selector = focused instanceof HTMLElement && root.contains(focused) ? selectorOf(focused) : undefined
  draw()
  if (selector === undefined) return
  const target = root.querySelector<HTMLElement>(selector) ?? root.querySelector<HTMLElement>('h2[tabindex]')
  target?.focus({ preventScroll: true })
}

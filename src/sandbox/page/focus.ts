/** Keeps the keyboard where it was when a card is drawn anew. */

const nameOf = (element: Element): string | undefined => element.getAttribute('aria-label') ?? undefined

const namedLike = (root: HTMLElement, name: string | undefined): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>('button, input, select, textarea')].find((element) => nameOf(element) === name)

/** Puts `after` in the place of `before`. Focus within goes to the control of the same name, else to the card itself. */
export const replaceKeepingFocus = (before: HTMLElement, after: HTMLElement): void => {
  const focused = before.contains(document.activeElement) ? document.activeElement : undefined
  before.replaceWith(after)
  if (!focused) return
  const target = namedLike(after, nameOf(focused)) ?? after.querySelector<HTMLElement>('.card > [tabindex]')
  target?.focus({ preventScroll: true })
}

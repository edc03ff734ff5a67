/** Where the conversation stands: at the end of what is new, as in Teams, and where the person has scrolled to. */

const margin = 12
const nearby = 200

export interface Scrolling {
  /** Brings the end of an element into view, whatever its size, and keeps it there while it grows. */
  readonly reveal: (element: HTMLElement) => void
  readonly toEnd: () => void
  readonly nearEnd: () => boolean
}

// The last message of a thread comes with the reply button below it.
const endOf = (element: HTMLElement, bottom: number): number => {
  const thread = element.nextElementSibling ? null : element.closest('.thread')
  return thread?.getBoundingClientRect().bottom ?? bottom
}

const showEnd = (scroller: HTMLElement, element: HTMLElement): void => {
  const view = scroller.getBoundingClientRect()
  const { top, bottom } = element.getBoundingClientRect()
  const end = endOf(element, bottom) + margin
  if (end > view.bottom || top < view.top) scroller.scrollTop += end - view.bottom
}

export const createScrolling = (scroller: HTMLElement, content: HTMLElement): Scrolling => {
  let held: HTMLElement | undefined
  const letGo = (): void => {
    held = undefined
  }
  // Whoever acts here looks at something here: from now on nothing moves by itself.
  for (const act of ['wheel', 'touchmove', 'keydown', 'pointerdown']) scroller.addEventListener(act, letGo, { passive: true })
  new ResizeObserver(() => held?.isConnected && showEnd(scroller, held)).observe(content)

  return {
    reveal: (element) => {
      held = element
      showEnd(scroller, element)
    },
    toEnd: () => {
      held = undefined
      scroller.scrollTop = scroller.scrollHeight
    },
    nearEnd: () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearby,
  }
}

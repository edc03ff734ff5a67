/** Where the conversation stands: it shows what is new, and stays where the person has scrolled to. */

const margin = 12
const nearby = 200

export interface Scrolling {
  /** Brings an element into view, its top first when it is taller than the view, and keeps it there while it grows. */
  readonly reveal: (element: HTMLElement) => void
  readonly toEnd: () => void
  readonly nearEnd: () => boolean
}

// The last message of a thread comes with the reply button below it.
const endOf = (element: HTMLElement, bottom: number): number => {
  const thread = element.nextElementSibling ? null : element.closest('.thread')
  return thread?.getBoundingClientRect().bottom ?? bottom
}

const showWhole = (scroller: HTMLElement, element: HTMLElement): void => {
  const view = scroller.getBoundingClientRect()
  const { top, bottom } = element.getBoundingClientRect()
  const end = endOf(element, bottom) + margin
  const tall = end - top + margin > view.height
  if (tall || top < view.top) scroller.scrollTop += top - view.top - margin
  else if (end > view.bottom) scroller.scrollTop += end - view.bottom
}

export const createScrolling = (scroller: HTMLElement, content: HTMLElement): Scrolling => {
  let held: HTMLElement | undefined
  const letGo = (): void => {
    held = undefined
  }
  // Whoever acts here looks at something here: from now on nothing moves by itself.
  for (const act of ['wheel', 'touchmove', 'keydown', 'pointerdown']) scroller.addEventListener(act, letGo, { passive: true })
  new ResizeObserver(() => held?.isConnected && showWhole(scroller, held)).observe(content)

  return {
    reveal: (element) => {
      held = element
      showWhole(scroller, element)
    },
    toEnd: () => {
      held = undefined
      scroller.scrollTop = scroller.scrollHeight
    },
    nearEnd: () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearby,
  }
}

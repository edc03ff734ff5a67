/** The "…" menu of a card: a real menu for the keyboard and for screen readers, closed by Esc or a press elsewhere. */
import { button, el } from './dom'

export interface MenuItem {
  readonly title: string
  readonly enabled: boolean
  readonly run: () => void
}

const gap = 4

const placeBeside = (menu: HTMLElement, target: HTMLElement): void => {
  const at = target.getBoundingClientRect()
  const below = at.bottom + gap
  const fitsBelow = below + menu.offsetHeight <= window.innerHeight
  menu.style.top = `${fitsBelow ? below : Math.max(gap, at.top - gap - menu.offsetHeight)}px`
  menu.style.left = `${Math.max(gap, Math.min(at.left, window.innerWidth - menu.offsetWidth - gap))}px`
}

const keySteps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
}

const moveWithKeys = (menu: HTMLElement): void =>
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') menu.hidePopover()
    const items = [...menu.querySelectorAll('button')]
    const next = keySteps[event.key]?.(
      items.findIndex((item) => item === document.activeElement),
      items.length,
    )
    if (next === undefined) return
    event.preventDefault()
    items[next]?.focus()
  })

const createItem = (menu: HTMLElement, { title, enabled, run }: MenuItem): HTMLButtonElement => {
  const choose = (): void => {
    menu.hidePopover()
    run()
  }
  return button({ role: 'menuitem', tabindex: '-1', disabled: !enabled }, choose, title)
}

const whenClosed = (menu: HTMLElement, target: HTMLElement): void => {
  menu.addEventListener('beforetoggle', ({ newState }) => target.setAttribute('aria-expanded', String(newState === 'open')))
  menu.addEventListener('toggle', ({ newState }) => newState === 'closed' && menu.remove())
}

/** Opens a menu at `target`, which gets the focus back when it closes. */
export const openMenu = (target: HTMLElement, label: string, items: readonly MenuItem[]): void => {
  const menu = el('div', { class: 'menu', role: 'menu', popover: 'auto', 'aria-label': label })
  menu.append(...items.map((item) => createItem(menu, item)))
  moveWithKeys(menu)
  whenClosed(menu, target)
  target.after(menu)
  menu.showPopover()
  placeBeside(menu, target)
  menu.querySelector('button')?.focus()
}

/** Making elements without a framework. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>
type Child = Node | string | undefined

const setAttribute = (element: Element, name: string, value: string | boolean | undefined): void => {
  if (value === undefined || value === false) return
  element.setAttribute(name, value === true ? '' : value)
}

/** An element with attributes and children; `undefined` and `false` attributes and `undefined` children are left out. */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value)
  for (const child of children) if (child !== undefined) element.append(child)
  return element
}

/** A button that does `run`. */
export const button = (attributes: Attributes, run: () => void, ...children: readonly Child[]): HTMLButtonElement => {
  const element = el('button', { type: 'button', ...attributes }, ...children)
  element.addEventListener('click', run)
  return element
}

const svgNamespace = 'http://www.w3.org/2000/svg'

/** A decorative picture of those in index.html, in the colour of the text around it. */
export const icon = (name: string): SVGSVGElement => {
  const svg = document.createElementNS(svgNamespace, 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(svgNamespace, 'use')
  use.setAttribute('href', `#icon-${name}`)
  svg.append(use)
  return svg
}

/** The element of index.html with this id. */
export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id)
  if (!element) throw new Error(`index.html has no element #${id}`)
  return element
}

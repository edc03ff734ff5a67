/** SVG as text. */

type Attributes = Readonly<Record<string, string | number>>

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** Two decimals are enough for any screen and keep the source readable. */
const valueOf = (value: string | number) => (typeof value === 'number' ? String(Math.round(value * 100) / 100) : escape(value))

/** One element; `children` are elements, so they are not escaped. */
export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${valueOf(value)}"`)
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`
}

/** A run of characters inside a `text` element. */
export const characters = escape

export const group = (...children: readonly string[]): string => element('g', {}, ...children)

export const moved = (x: number, y: number, ...children: readonly string[]): string => element('g', { transform: `translate(${x} ${y})` }, ...children)

/** A whole drawing of the given size, in units. */
export const drawing = (width: number, height: number, ...children: readonly string[]): string =>
  element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, ...children)

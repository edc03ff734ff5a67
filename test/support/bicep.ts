/** What stands in a Bicep file? Its declarations, with objects and lists as such and every other expression as its text. No compiler: what it refuses is not found here. */
import { readFileSync } from 'node:fs'

export type Value =
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  /** One value for every item of something. */
  | { readonly kind: 'each'; readonly body: Value }
  | { readonly kind: 'text'; readonly text: string }

export interface Declaration {
  readonly word: 'param' | 'var' | 'resource' | 'module' | 'output'
  readonly name: string
  /** Of a resource its type and version, of a module its path, of a parameter or output its type. */
  readonly of: string
  readonly existing: boolean
  /** Undefined: a parameter that has to be given. */
  readonly value: Value | undefined
  readonly decorators: readonly string[]
}

const blank = /(?:\s|\/\/[^\n]*)*/y
const within = { '{': '}', '[': ']', '(': ')' } as const

class Reader {
  at = 0
  constructor(readonly text: string) {}

  skip(): void {
    blank.lastIndex = this.at
    this.at += blank.exec(this.text)?.[0].length ?? 0
  }
  take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern, 'y')
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)
    if (found) this.at += found[0].length
    return found ?? undefined
  }
  must(pattern: RegExp): RegExpExecArray {
    const found = this.take(pattern)
    if (found) return found
    throw new Error(`${pattern.source} was expected at: ${this.text.slice(this.at, this.at + 60)}`)
  }
  /** A string with what is put into it. */
  string(): void {
    this.must(/'/)
    while (!this.take(/'/)) {
      if (this.take(/\$\{/)) this.until('}')
      else this.must(/\\.|[^\\]/s)
    }
  }
  /** Up to the bracket that closes, and past it. */
  until(close: string): void {
    for (;;) {
      this.skip()
      if (this.take(new RegExp(`\\${close}`))) return
      this.piece()
    }
  }
  piece(): void {
    if (this.text[this.at] === "'") return this.string()
    const open = this.take(/[{[(]/)?.[0]
    if (open === '{' || open === '[' || open === '(') return this.until(within[open])
    this.must(/[^\s'{}[\]()]/)
  }
  /** The rest of an expression, to the end of its line or its place in a list. */
  expression(): Value {
    const from = this.at
    for (;;) {
      this.take(/[ \t]+/)
      if (this.at >= this.text.length || /[\n,}\]]|\/\//y.test(this.text.slice(this.at, this.at + 2))) break
      this.piece()
    }
    return { kind: 'text', text: this.text.slice(from, this.at).trim() }
  }
  value(): Value {
    const from = this.at
    const read = this.text[from] === '{' ? this.object() : this.text[from] === '[' ? this.list() : undefined
    this.take(/[ \t]+/)
    if (read && /^(?:[\n,}\]]|\/\/|\s*$)/.test(this.text.slice(this.at, this.at + 2))) return read
    // It goes on, such as `[…][0]`.
    this.at = from
    return this.expression()
  }
  object(): Value {
    const entries = new Map<string, Value>()
    this.must(/\{/)
    for (;;) {
      this.skip()
      if (this.take(/,/)) continue
      if (this.take(/\}/)) return { kind: 'object', entries }
      const from = this.at
      if (this.text[from] === "'") this.string()
      else this.must(/\w+/)
      const key = this.text.slice(from, this.at)
      if (entries.has(key)) throw new Error(`${key} stands twice.`)
      this.must(/\s*:[ \t]*/)
      entries.set(key, this.value())
    }
  }
  list(): Value {
    this.must(/\[/)
    this.skip()
    if (this.take(/for\s+\w+\s+in\s+[\w.]+\s*:\s*/)) {
      const body = this.value()
      this.skip()
      this.must(/\]/)
      return { kind: 'each', body }
    }
    const items: Value[] = []
    for (;;) {
      this.skip()
      if (this.take(/,/)) continue
      if (this.take(/\]/)) return { kind: 'list', items }
      items.push(this.value())
    }
  }
}

const declaration = (reader: Reader, word: Declaration['word'], decorators: readonly string[]): Declaration => {
  const [, name = ''] = reader.must(/[ \t]+(\w+)[ \t]*/)
  const [, quoted, bare] = reader.take(/'([^']+)'[ \t]*|([\w[\]?]+)[ \t]*/) ?? []
  const existing = reader.take(/existing[ \t]*/) !== undefined
  const isGiven = reader.take(/=[ \t]*/) !== undefined
  if (isGiven && reader.take(/if[ \t]*\(/)) {
    reader.until(')')
    reader.take(/[ \t]*/)
  }
  return { word, name, of: quoted ?? bare ?? '', existing, value: isGiven ? reader.value() : undefined, decorators }
}

/** @throws Error at what is no Bicep that this knows. */
export const readBicep = (path: string): readonly Declaration[] => {
  const reader = new Reader(readFileSync(path, 'utf8'))
  const found: Declaration[] = []
  let decorators: string[] = []
  for (;;) {
    reader.skip()
    if (reader.at >= reader.text.length) return found
    if (reader.take(/extension\s+\w+|targetScope\s*=\s*'\w+'/)) continue
    const decorator = reader.take(/@(\w+)\(/)?.[1]
    if (decorator !== undefined) {
      reader.until(')')
      decorators.push(decorator)
      continue
    }
    const [word] = reader.must(/param|var|resource|module|output/)
    found.push(declaration(reader, word as Declaration['word'], decorators))
    decorators = []
  }
}

/** Every text in it, what stands in a string included. */
export const textsOf = (value: Value | undefined): readonly string[] => {
  switch (value?.kind) {
    case 'object':
      return [...value.entries].flatMap(([key, each]) => [...(key.startsWith("'") ? [key] : []), ...textsOf(each)])
    case 'list':
      return value.items.flatMap(textsOf)
    case 'each':
      return textsOf(value.body)
    case 'text':
      return [value.text]
    case undefined:
      return []
  }
}

/**
 * The built bot, whose store does as the lines of the file `STORE_FAULT_FILE` say: `get` or `put`, then `fail`, `hang` or `late` (done, and
 * never told), then the end of the keys that are meant; of all people and threads, when there is none.
 */
const { readFileSync } = require('node:fs')
const { ClassicLevel } = require('classic-level')

const faults = () => {
  try {
    return readFileSync(process.env.STORE_FAULT_FILE, 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
  } catch {
    return []
  }
}

const meant = (name, key) => faults().find(([which, , end = '']) => which === name && /^(?:people|threads)\//.test(key) && key.endsWith(end))?.[1]

const wrap = (method, name, keysOf) => {
  const real = ClassicLevel.prototype[method]
  ClassicLevel.prototype[method] = function (...given) {
    const how = keysOf(given[0])
      .map((key) => meant(name, key))
      .find(Boolean)
    if (how === undefined) return real.apply(this, given)
    if (how === 'fail') return Promise.reject(new Error('The disk is full.'))
    if (how === 'late') void real.apply(this, given)
    return new Promise(() => {})
  }
}

wrap('get', 'get', (key) => [key])
wrap('batch', 'put', (operations) => operations.map(({ key }) => key))

require('../../dist/index.js')

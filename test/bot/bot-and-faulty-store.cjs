/**
 * The built bot, whose store does as the lines of the file `STORE_FAULT_FILE` say: `get` or `put`, then `fail`, `hang` or `late` (done, and
 * never told), then the end of the keys that are meant; of all, when there is none.
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

for (const name of ['get', 'put']) {
  const real = ClassicLevel.prototype[name]
  ClassicLevel.prototype[name] = function (...given) {
    const [, how] = faults().find(([which, , key = '']) => which === name && /^(?:people|threads)\//.test(given[0]) && given[0].endsWith(key)) ?? []
    if (how === undefined) return real.apply(this, given)
    if (how === 'fail') return Promise.reject(new Error('The disk is full.'))
    if (how === 'late') void real.apply(this, given)
    return new Promise(() => {})
  }
}

require('../../dist/index.js')

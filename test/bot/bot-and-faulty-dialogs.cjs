/** The built bot, whose dialogs named in the file `DIALOG_FAULT_FILE` throw whatever is asked of them. */
const { readFileSync, readdirSync } = require('node:fs')
const path = require('node:path')

const dialogs = path.join(__dirname, '..', '..', 'dist', 'dialogs')

const isFaulty = (name) => {
  try {
    return readFileSync(process.env.DIALOG_FAULT_FILE, 'utf8').split('\n').includes(name)
  } catch {
    return false
  }
}

/** The same function, or object of functions, until it is told to throw. */
const wrapped = (name, real) => {
  if (typeof real === 'function')
    return (...given) => {
      if (isFaulty(name)) throw new TypeError('Cannot read what Kelley wrote.')
      return real(...given)
    }
  if (typeof real !== 'object' || real === null || Array.isArray(real)) return real
  return Object.fromEntries(Object.entries(real).map(([key, each]) => [key, wrapped(name, each)]))
}

// Only those that others hold by name: what they need of each other stays as it is.
for (const file of ['azure-for-m365', 'm365-for-azure', 'link-existing', 'check-role', 'verify-setup', 'find-admin', 'lines', 'controls']) {
  if (!readdirSync(dialogs).includes(`${file}.js`)) throw new Error(`There is no dialog ${file}.`)
  const module = require(path.join(dialogs, `${file}.js`))
  for (const [name, real] of Object.entries(module)) module[name] = wrapped(file, real)
}

require('../../dist/index.js')

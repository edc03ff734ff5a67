const { spawnSync } = require('node:child_process')
const path = require('node:path')

/** Builds when sources are newer; stops the run when that fails. */
module.exports = () => {
  const { status } = spawnSync(process.execPath, [path.join(__dirname, '..', '..', 'src', 'tools', 'run.mjs'), 'build'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The build failed; tests need it.')
}

/** The built bot, which prints what `/readyz` says as soon as everything vital was looked at, and ends. */
const tell = async () => {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).catch(() => undefined)
    const body = await response?.text()
    if (body !== undefined && !body.includes('has not been made yet')) {
      process.stdout.write(`\nREADYZ ${response.status} ${body}\n`, () => process.exit(0))
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

require('../../dist/index.js')
void tell()

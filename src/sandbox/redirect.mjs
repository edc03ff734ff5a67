/**
 * Preload of a program that runs under the sandbox (`node --import`): every TLS connection to the outside (port 443) ends at
 * LOOPBACK_TLS (`127.0.0.1:port`), every other connection that is not loopback is refused. Names and certificates are still checked
 * against the host that was asked for, so nothing above TCP can tell.
 */
import net from 'node:net'

const [cloudHost, cloudPort] = (process.env.LOOPBACK_TLS ?? '').split(':')
// oxlint-disable-next-line typescript/unbound-method -- called on the socket below
const direct = net.Socket.prototype.connect

const optionsOf = ([first, second]) => {
  if (Array.isArray(first)) return first[0]
  if (typeof first === 'object') return first
  if (Number.isNaN(Number(first))) return { path: first }
  return { port: first, host: typeof second === 'string' ? second : undefined }
}

const callbackOf = (args) => (Array.isArray(args[0]) ? args[0] : args).findLast((arg) => typeof arg === 'function')

const isLoopback = ({ path, host = 'localhost' }) => Boolean(path) || host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host)

const toCloud = (options) => ({
  ...options,
  host: cloudHost,
  port: Number(cloudPort),
  family: 4,
  autoSelectFamily: false,
  lookup: undefined,
  localAddress: undefined,
})

const refuse = (socket, { host, port }) => {
  const error = new Error(`connect ECONNREFUSED ${host}:${port} (nothing leaves the sandbox)`)
  process.nextTick(() => socket.destroy(Object.assign(error, { code: 'ECONNREFUSED', syscall: 'connect', address: host, port })))
  return socket
}

net.Socket.prototype.connect = function connect(...args) {
  const options = optionsOf(args)
  if (isLoopback(options)) return direct.apply(this, args)
  if (Number(options.port) !== 443 || !cloudPort) return refuse(this, options)
  return direct.call(this, toCloud(options), callbackOf(args))
}

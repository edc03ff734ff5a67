import { generate } from 'selfsigned'

export interface Certificate {
  /** PEM. */
  readonly key: string
  /** PEM; its own authority, so trusting it is trusting the sandbox. */
  readonly cert: string
}

/** A certificate that lives as long as the sandbox and names every host of its cloud. */
export const createCertificate = async (hosts: readonly string[]): Promise<Certificate> => {
  const made = await generate([{ name: 'commonName', value: 'OneTenant sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  })
  return { key: made.private, cert: made.cert }
}

/** Files → zip; the same files always give the same bytes. */
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Local time, because that is what a zip holds: the earliest it can say, in every time zone. */
const noTime = () => new Date(1980, 0, 1)

export const zipOf = (files: ReadonlyMap<string, Buffer>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [name, content] of files) zip.addBuffer(content, name, { mtime: noTime(), mode: 0o100644, forceDosTimestamp: true })
  zip.end()
  return buffer(zip.outputStream)
}

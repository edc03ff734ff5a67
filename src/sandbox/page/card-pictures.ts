/** Which pictures of a card may be loaded: the bot's own, through the sandbox. All others become their alt text. */

type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Local address of a picture under `publicUrl`, else undefined. */
export const localPicture = (url: unknown, publicUrl: string): string | undefined => {
  const root = publicUrl.replace(/\/$/, '')
  if (typeof url !== 'string' || root === '' || !url.startsWith(`${root}/`)) return undefined
  return `/api/image?path=${encodeURIComponent(url.slice(root.length))}`
}

const altText = ({ altText: text = '' }: Json): Json => ({ type: 'TextBlock', text, isSubtle: true, wrap: true })

const withLocalAddress = (picture: Json, publicUrl: string): Json => {
  const url = localPicture(picture['url'], publicUrl)
  return url ? { ...picture, url } : altText(picture)
}

const withoutForeign = (json: Json, publicUrl: string): Json =>
  Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => {
      if (key !== 'iconUrl' && key !== 'backgroundImage') return [[key, withLocalPictures(value, publicUrl)]]
      const url = localPicture(isObject(value) ? value['url'] : value, publicUrl)
      if (!url) return []
      return [[key, isObject(value) ? { ...value, url } : url]]
    }),
  )

/** A copy of card JSON whose picture addresses are local. */
export const withLocalPictures = (json: unknown, publicUrl: string): unknown => {
  if (Array.isArray(json)) return json.map((item) => withLocalPictures(item, publicUrl))
  if (!isObject(json)) return json
  const copy = withoutForeign(json, publicUrl)
  return copy['type'] === 'Image' ? withLocalAddress(copy, publicUrl) : copy
}

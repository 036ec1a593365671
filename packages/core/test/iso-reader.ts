/** Files of an ISO 9660 image by the tree of one of its descriptors; `;1` is left out. */
export function readIso(image: Uint8Array, descriptor: 'short' | 'joliet'): Map<string, string> {
  const view = new DataView(image.buffer, image.byteOffset)
  const start = descriptor === 'short' ? 16 * 2_048 : 17 * 2_048
  const nameOf = (bytes: Uint8Array): string => {
    const wide = (_: unknown, i: number): number =>
      ((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0)
    const codes =
      descriptor === 'short' ? [...bytes] : Array.from({ length: bytes.length / 2 }, wide)
    return String.fromCharCode(...codes).replace(/;1$/, '')
  }
  const files = new Map<string, string>()
  const visit = (record: number, path: string): void => {
    const [at, size] = [view.getUint32(record + 2, true) * 2_048, view.getUint32(record + 10, true)]
    if (view.getUint32(record + 6, false) * 2_048 !== at) throw new Error(`${path}: two beginnings`)
    if (((image[record + 25] ?? 0) & 2) === 0) {
      files.set(path, new TextDecoder().decode(image.subarray(at, at + size)))
      return
    }
    let own = 0
    for (let offset = 0; offset < size;) {
      const length = image[at + offset] ?? 0
      if (length === 0) {
        offset = Math.ceil((offset + 1) / 2_048) * 2_048
        continue
      }
      const nameLength = image[at + offset + 32] ?? 0
      const name = image.subarray(at + offset + 33, at + offset + 33 + nameLength)
      // The first two are the directory itself and its parent.
      if (own++ >= 2) visit(at + offset, path === '' ? nameOf(name) : `${path}/${nameOf(name)}`)
      offset += length
    }
  }
  visit(start + 156, '')
  return files
}

/** Headers of disk images, as short as they may be; `change` spoils what a test is about. */
type Change = (view: DataView, bytes: Uint8Array) => void

function image(length: number, fill: Change, change: Change = () => undefined): Uint8Array {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  fill(view, bytes)
  change(view, bytes)
  return bytes
}

export function put(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
}

export const gib = 2 ** 30

export function qcow2Image(size = gib, change?: Change): Uint8Array {
  const fill: Change = (view, bytes) => {
    put(bytes, 0, 'QFI\u00fb')
    view.setUint32(4, 3)
    view.setBigUint64(24, BigInt(size))
  }
  return image(512, fill, change)
}

export const vmdkText = [
  '# Disk DescriptorFile',
  'version=1',
  'parentCID=ffffffff',
  'createType="streamOptimized"',
  'RW 2097152 SPARSE "disk.vmdk"',
].join('\n')

export function vmdkImage(text = vmdkText, change?: Change): Uint8Array {
  const header: Change = (view, bytes) => {
    put(bytes, 0, 'KDMV')
    view.setUint32(4, 3, true)
    view.setBigUint64(12, BigInt(gib / 512), true)
    view.setBigUint64(28, 1n, true)
    view.setBigUint64(36, 2n, true)
  }
  const fill: Change = (view, bytes) => {
    header(view, bytes)
    view.setBigUint64(56, 0xffff_ffff_ffff_ffffn, true)
    put(bytes, 512, text)
    const footer = bytes.subarray(bytes.length - 1_024)
    const footerView = new DataView(footer.buffer, footer.byteOffset)
    header(footerView, footer)
    footerView.setBigUint64(56, 7n, true)
  }
  return image(6 * 512, fill, change)
}

/** The footer of a fixed disk, behind as many bytes of data. */
export function vhdImage(type = 2, data = 4_096, change?: Change): Uint8Array {
  const footerAt = (bytes: Uint8Array, at: number): void => {
    put(bytes, at, 'conectix')
    const view = new DataView(bytes.buffer)
    view.setBigUint64(at + 48, BigInt(gib))
    view.setUint32(at + 60, type)
  }
  const fill: Change = (_view, bytes) => {
    if (type !== 2) footerAt(bytes, 0)
    footerAt(bytes, data)
  }
  return image(data + 512, fill, change)
}

const hex = (text: string): number[] =>
  (text.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))

/** Where the metadata of `vhdxImage` begin. */
export const vhdxMetadata = 1 << 20

export function vhdxImage(flags = 0, change?: Change): Uint8Array {
  const fill: Change = (view, bytes) => {
    put(bytes, 0, 'vhdxfile')
    for (const table of [192 << 10, 256 << 10]) {
      put(bytes, table, 'regi')
      view.setUint32(table + 8, 1, true)
      bytes.set(hex('06a27c8b90479a4bb8fe575f050f886e'), table + 16)
      view.setBigUint64(table + 32, BigInt(vhdxMetadata), true)
    }
    put(bytes, vhdxMetadata, 'metadata')
    view.setUint16(vhdxMetadata + 10, 2, true)
    bytes.set(hex('3767a1ca36fa434db3b633f0aa44e76b'), vhdxMetadata + 32)
    view.setUint32(vhdxMetadata + 48, 65_536, true)
    bytes.set(hex('2442a52f1bcd7648b2115dbed83bf4b8'), vhdxMetadata + 64)
    view.setUint32(vhdxMetadata + 80, 65_544, true)
    view.setUint32(vhdxMetadata + 65_540, flags, true)
    view.setBigUint64(vhdxMetadata + 65_544, BigInt(gib), true)
  }
  return image(vhdxMetadata + 2 * 65_536, fill, change)
}

export function vdiImage(type = 1): Uint8Array {
  return image(512, (view) => {
    view.setUint32(0x40, 0xbeda107f, true)
    view.setUint32(0x4c, type, true)
    view.setBigUint64(0x170, BigInt(gib), true)
  })
}

export function isoImage(): Uint8Array {
  return image(32_768 + 2_048, (view, bytes) => {
    bytes[32_768] = 1
    put(bytes, 32_769, 'CD001')
    view.setUint32(32_768 + 80, 100, true)
    view.setUint16(32_768 + 128, 2_048, true)
  })
}

export function gptImage(): Uint8Array {
  return image(2_048, (view, bytes) => {
    view.setUint16(510, 0xaa55, true)
    bytes[450] = 0xee
    put(bytes, 512, 'EFI PART')
  })
}

export function luksImage(version = 2): Uint8Array {
  return image(1_024, (view, bytes) => {
    put(bytes, 0, 'LUKS\u00ba\u00be')
    view.setUint16(6, version)
  })
}

export function ploopImage(): Uint8Array {
  return image(512, (view, bytes) => {
    put(bytes, 0, 'WithouFreSpacExt')
    view.setBigUint64(36, BigInt(gib / 512), true)
  })
}

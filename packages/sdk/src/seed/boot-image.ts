/** One sector of a disk, in bytes. */
const sector = 512
/** Where firmware loads the first sector of a disk. */
const origin = 0x7c00
const imageSize = 1024 * 1024

/**
 * The bytes of a raw disk that boots on a PC: its first sector writes a line to the first serial
 * port and to the screen, and halts. Small enough to be made on the spot.
 *
 * @param line printable ASCII, at most 400 characters.
 */
export function bootImage(line: string): Uint8Array {
  const disk = new Uint8Array(imageSize)
  const text = new TextEncoder().encode(`${line}\r\n\0`)
  const code = [
    ...[0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0xfc], // cli; xor ax, ax; mov ds, ax; cld
    ...[0xbe, 0, 0], // mov si, text
    ...[0xac, 0x08, 0xc0, 0x74, 0x0d], // next: lodsb; or al, al; jz halt
    ...[0xba, 0xf8, 0x03, 0xee], // mov dx, 0x3f8; out dx, al
    ...[0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd, 0x10], // mov ah, 0x0e; mov bx, 7; int 0x10
    ...[0xeb, 0xee], // jmp next
    ...[0xf4, 0xeb, 0xfd], // halt: hlt; jmp halt
  ]
  const address = origin + code.length
  code[7] = address & 0xff
  code[8] = address >> 8
  disk.set(code)
  disk.set(text, code.length)
  disk.set([0x55, 0xaa], sector - 2)
  return disk
}

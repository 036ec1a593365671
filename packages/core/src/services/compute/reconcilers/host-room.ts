import type { Kernel } from '../../../kernel.ts'
import type { Reconciler } from '../../../work/reconciler.ts'
import { giveBackRoom } from '../host-room.ts'

/** Ends changes of hosts that a crash left half done: the room they withheld is given back. */
export function hostRoom(kernel: Kernel): Reconciler {
  return { name: 'host-room', run: (signal) => giveBackRoom(kernel, signal) }
}

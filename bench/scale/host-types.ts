/**
 * Ten types of host and their shares, as in the node list that Alibaba published with its spot-GPU
 * trace of 2026 (4,278 nodes: GPUs, vCPU). Memory, disk and the rest are ours: the list has none.
 */
export interface HostType {
  /** Nodes of the type in the list. */
  readonly nodes: number
  readonly vcpus: number
  readonly gpus: number
  readonly gib: number
  readonly diskGb: number
  readonly mbps: number
}

export const hostTypes: readonly HostType[] = [
  { nodes: 2_492, vcpus: 128, gpus: 1, gib: 512, diskGb: 7_000, mbps: 25_000 },
  { nodes: 901, vcpus: 192, gpus: 1, gib: 768, diskGb: 7_000, mbps: 25_000 },
  { nodes: 432, vcpus: 128, gpus: 8, gib: 1_024, diskGb: 14_000, mbps: 100_000 },
  { nodes: 219, vcpus: 192, gpus: 8, gib: 2_048, diskGb: 14_000, mbps: 100_000 },
  { nodes: 122, vcpus: 192, gpus: 8, gib: 1_536, diskGb: 14_000, mbps: 100_000 },
  { nodes: 77, vcpus: 192, gpus: 8, gib: 1_024, diskGb: 7_000, mbps: 100_000 },
  { nodes: 22, vcpus: 128, gpus: 8, gib: 768, diskGb: 14_000, mbps: 50_000 },
  { nodes: 10, vcpus: 192, gpus: 4, gib: 1_024, diskGb: 7_000, mbps: 50_000 },
  { nodes: 2, vcpus: 126, gpus: 1, gib: 504, diskGb: 7_000, mbps: 25_000 },
  { nodes: 1, vcpus: 128, gpus: 1, gib: 384, diskGb: 3_500, mbps: 25_000 },
]

/** vCPU, GiB and weight of sixteen flavours: small ones come most often, as in clouds' traces. */
export const flavours: readonly (readonly [vcpus: number, gib: number, weight: number])[] = [
  [1, 2, 10],
  [1, 4, 8],
  [2, 4, 14],
  [2, 8, 12],
  [2, 16, 3],
  [4, 8, 12],
  [4, 16, 10],
  [4, 32, 2],
  [8, 16, 6],
  [8, 32, 6],
  [8, 64, 1],
  [16, 32, 4],
  [16, 64, 4],
  [16, 128, 0.5],
  [32, 64, 1],
  [32, 128, 1],
]

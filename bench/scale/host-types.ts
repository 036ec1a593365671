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

/**
 * vCPU, GiB and number of each of the sixteen flavours in five days of Azure's trace of 2017, at
 * twice their size, as hosts have grown since.
 */
export const flavours: readonly (readonly [vcpus: number, gib: number, weight: number])[] = [
  [2, 3.5, 156_437],
  [4, 7, 48_008],
  [8, 14, 25_700],
  [16, 28, 23_315],
  [2, 1.5, 4_108],
  [16, 112, 1_427],
  [8, 56, 49],
  [4, 28, 49],
  [4, 8, 22],
  [8, 16, 15],
  [2, 4, 10],
  [32, 224, 9],
  [16, 32, 5],
  [4, 6, 3],
  [16, 128, 1],
  [8, 64, 1],
]

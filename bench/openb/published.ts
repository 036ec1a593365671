/**
 * GPU allocated, in %, when 130 % of the cluster's GPUs have been asked for: means over ten seeds
 * as published with "Beware of Fragmentation" (Weng et al., USENIX ATC 2023), by list.
 */
export interface Published {
  readonly bestFit: number
  readonly fgd: number
}

export const published: Readonly<Record<string, Published>> = {
  default: { bestFit: 93.08, fgd: 95.39 },
  gpushare40: { bestFit: 91.7, fgd: 94.15 },
  gpushare60: { bestFit: 89.4, fgd: 91.4 },
  gpushare80: { bestFit: 87, fgd: 89.3 },
  gpushare100: { bestFit: 85, fgd: 86.9 },
  multigpu20: { bestFit: 93.9, fgd: 95.65 },
  multigpu30: { bestFit: 94.7, fgd: 96.46 },
  multigpu40: { bestFit: 95.2, fgd: 96.99 },
  multigpu50: { bestFit: 95.7, fgd: 97.18 },
  gpuspec10: { bestFit: 93.3, fgd: 94.95 },
  gpuspec20: { bestFit: 93.3, fgd: 94.84 },
  gpuspec25: { bestFit: 93.2, fgd: 94.74 },
  gpuspec33: { bestFit: 93.1, fgd: 94.55 },
  cpu050: { bestFit: 93.8, fgd: 95.21 },
  cpu100: { bestFit: 93.4, fgd: 95.35 },
  cpu200: { bestFit: 92.4, fgd: 95.05 },
  cpu250: { bestFit: 91.5, fgd: 93.41 },
}

/** The name of a list within that of its file: `openb_pod_list_<name>.csv`; else null. */
export function listName(path: string): string | null {
  return /openb_pod_list_(\w+)\.csv(?:\.gz)?$/.exec(path)?.[1] ?? null
}

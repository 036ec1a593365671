/**
 * Kinds that tell what happened and decide nothing of what happens: the audit log and its chain,
 * events, usage. They stay when all that they tell of is gone.
 */
export const recordKinds: readonly string[] = [
  'audit',
  'auditHead',
  'auditLink',
  'capacityDay',
  'event',
  'eventHorizon',
  'usageDay',
  'usageLedger',
  'usagePeriod',
]

/** Fields of rows that such records are derived from. */
export const recordFields: readonly string[] = ['announced', 'metered']

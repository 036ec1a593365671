import { absent, type FeatureTable, partial, works } from './feature.ts'

export const common: FeatureTable = {
  service: 'What all services share',
  features: [
    works('X1', 'must', 'Tokens and catalog; domains, projects, users, groups, roles'),
    works('X2', 'must', 'Application credentials; a policy per operation'),
    partial(
      'X3',
      'should',
      'Trusts, EC2 credentials, further factors, federation',
      'further factors, federation',
    ),
    partial(
      'X4',
      'must',
      'Discovery of versions, request ids, error bodies, answers under overload',
      'limits of rates',
    ),
    works('X5', 'must', 'Usage per project and resource; forecast of capacity'),
    works('X6', 'must', 'Events and audit records'),
    absent('X7', 'must', 'Rolling upgrade'),
    partial(
      'X8',
      'beyond',
      'The cloud audits and heals itself',
      'drifted counters are found, not mended',
    ),
  ],
}

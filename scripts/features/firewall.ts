import { absent, type FeatureTable, partial, works } from './feature.ts'

export const firewall: FeatureTable = {
  service: 'Firewall',
  features: [
    works(
      'F1',
      'must',
      'Security groups and rules with remote prefixes and groups; a default group per project',
    ),
    partial(
      'F2',
      'must',
      'Port security, protection against spoofing, allowed address pairs',
      'allowed address pairs and spoofing in the data plane',
    ),
    partial(
      'F3',
      'should',
      'Stateless groups, templates of default rules, sharing',
      'templates of default rules, sharing',
    ),
    works('F4', 'must', 'Address groups'),
    absent('F5', 'must', 'Firewall groups with ordered policies on router ports'),
    partial('F6', 'must', 'Rules in bulk, quotas, logging', 'logging'),
    partial(
      'F7',
      'beyond',
      'May A reach B, and which rule says so',
      'the history of rules, and going back in it',
    ),
    partial(
      'F8',
      'beyond',
      'Remote groups whose cost grows with the change',
      'the expansion is computed for drivers; the twin does not need it',
    ),
  ],
}

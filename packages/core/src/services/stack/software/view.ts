import type { Draft } from '../../../model/kind.ts'
import type { SoftwareDeployment } from '../../../model/stack/software.ts'

/** A deployment as its users see it: never with its key. */
export type SoftwareDeploymentView = Omit<SoftwareDeployment, 'rev' | 'key' | 'resourceId'>

export function viewDeployment(
  row: Draft<SoftwareDeployment> & { readonly rev?: number },
): SoftwareDeploymentView {
  const { rev: _, key: _key, resourceId: _resource, ...shown } = row
  return shown
}

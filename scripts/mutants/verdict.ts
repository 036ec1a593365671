/** What came of a mutant under one killer, or under all of its killers. */
export type Verdict =
  | { readonly type: 'killed'; readonly by: string }
  /** `loaded`: the mutated file was among what ran. */
  | { readonly type: 'survived'; readonly loaded: boolean }
  /** Nothing can be said: what ought to tell does not run. */
  | { readonly type: 'broken'; readonly reason: string }

/** What the phone cannot do, by code; the screens have the words. */

export type ProblemCode =
  | 'draft-held' // another tab writes this draft
  | 'draft-gone' // received by the register, or never kept here
  | 'evidence-missing' // a file of the manifest is not on the phone
  | 'file-damaged' // a file's bytes are not those that were captured
  | 'register-unknown' // no hello yet: no key to seal to
  | 'vault-closed' // the key of this volunteer is not on the phone
  | 'record-damaged' // sealed by another key, for another record, or altered
  | 'not-a-bundle' // a rescue bundle was expected

export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode) {
    super(code)
    this.name = 'Problem'
    this.code = code
  }
}

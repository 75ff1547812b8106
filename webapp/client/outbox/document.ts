/** The interview as the outbox sees it: what it must fill in when one is finished, the rest left alone. */

/** A file of the evidence manifest; the digests of the sealed bytes are added when it is finished. */
export interface EvidenceFile {
  kind: 'photo' | 'signature' | 'signature_strokes' | 'other_photo'
  media_type: string
  size: number
  sha256: string
  sealed_sha256?: string
  sealed_size?: number
  taken_at: string
  /** Of an earlier revision: the register holds it. */
  earlier?: boolean
}

/** Evidence that needs no file: a position, a note. */
export interface EvidenceWithoutFile {
  kind: 'position' | 'other'
}

export interface InterviewBeingAsked {
  schema: number
  interview: string
  number: number
  based_on: string[]
  round: string
  app: string
  author: { account: string; device: string }
  household: { id: string; new: boolean; village: string; house_number: string }
  finished_at: string
  clock: { server_time: string; elapsed_ms: number } | null
  evidence: (EvidenceFile | EvidenceWithoutFile)[]
  /** The return it answers. */
  review?: { decision: number }
  /** The forum at which the household was asked again: then it is no interview of its own. */
  forum?: string
  outcome?: string
}

export function isFile(evidence: EvidenceFile | EvidenceWithoutFile): evidence is EvidenceFile {
  return 'sha256' in evidence
}

/** The phone's camera, opened for a moment inside the page. */

export type CameraReason = 'denied' | 'none' | 'busy' | 'unsupported'

/** Why the camera did not open; each reason has its own advice on screen. */
export class CameraTrouble extends Error {
  readonly reason: CameraReason
  constructor(reason: CameraReason) {
    super(reason)
    this.reason = reason
  }
}

const REASONS: Record<string, CameraReason> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** The reason behind a browser's error name; what is unknown is told as a busy camera, which is worth another try. */
export function reasonOf(name: string): CameraReason {
  return REASONS[name] ?? 'busy'
}

/** The stream of the camera on the phone's back, or of the only one. Raises CameraTrouble. */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraTrouble('unsupported')
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1600 }, height: { ideal: 1200 } }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false })
  } catch (error) {
    throw new CameraTrouble(reasonOf(error instanceof DOMException ? error.name : ''))
  }
}

/** Switches the camera off (its light too). */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Reads a text aloud in Thai with the phone's own voice, where it has one. */
export type Speaking = 'none' | 'ready' | 'speaking'

function voice(): SpeechSynthesisVoice | undefined {
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  return voices.find((each) => each.lang.replace('_', '-').toLowerCase().startsWith('th'))
}

/** Whether a Thai voice is there, and whether it is speaking now. */
export function speaking(): Speaking {
  if (!voice()) return 'none'
  return speechSynthesis.speaking ? 'speaking' : 'ready'
}

/** Calls back when the phone's voices become known; some browsers load them late. */
export function whenVoicesCome(changed: () => void): void {
  globalThis.speechSynthesis?.addEventListener?.('voiceschanged', changed)
}

/** Speaks the sentences one after the other; long single utterances stop on Android. */
export function readAloud(sentences: string[], changed: () => void): void {
  const found = voice()
  if (!found) return
  speechSynthesis.cancel()
  for (const [at, sentence] of sentences.entries()) {
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.voice = found
    utterance.lang = 'th-TH'
    utterance.rate = 0.9
    if (at === sentences.length - 1) utterance.onend = utterance.onerror = changed
    speechSynthesis.speak(utterance)
  }
  changed()
}

export function stopReading(changed: () => void): void {
  globalThis.speechSynthesis?.cancel()
  changed()
}

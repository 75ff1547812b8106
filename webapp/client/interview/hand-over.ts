/** Gives a file to the person: shared where phones share files, else downloaded. */
export async function handOver(blob: Blob, name: string): Promise<void> {
  const file = new File([blob], name, { type: blob.type })
  if (navigator.canShare?.({ files: [file] })) {
    // Closing the share sheet is no error worth a word.
    return navigator.share({ files: [file] }).catch(() => undefined)
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

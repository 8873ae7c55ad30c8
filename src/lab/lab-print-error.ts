/** A state that MOF cannot say. `expected`: the message is for whoever wants it as MOF and says all there is to say. */
export class LabPrintError extends Error {
  override readonly name = 'LabPrintError';
  readonly expected = true;
}

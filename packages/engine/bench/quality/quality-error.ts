/** Something that whoever runs the command can put right: its message is all that is printed. */
export class QualityError extends Error {
  override readonly name = "QualityError";
}

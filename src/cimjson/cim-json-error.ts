/** What is no CIM data in the JSON form of docs/json.md. The message names the member's place: `properties.Size.value[2]`. */
export class CimJsonError extends Error {
  override readonly name = 'CimJsonError';
  /** The message is meant for whoever wrote the JSON. */
  readonly expected = true;
  readonly place: string;
  /** The name that was probably meant. */
  readonly nearest: string | undefined;

  constructor(place: string, problem: string, nearest?: string) {
    super(place === '' ? problem : `${place}: ${problem}`);
    this.place = place;
    this.nearest = nearest;
  }
}

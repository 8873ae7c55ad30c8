import { members, wholeNumber } from '../../options/option-checks.js';

/** How many of some classes the computers of built-in labs have, in all. */
export interface LabScale {
  /** Win32_Service, from 0 to 5,000. */
  readonly services?: number;
  /** Win32_Process, from 0 to 5,000. */
  readonly processes?: number;
}

/** As many as a schema of a file and an option may ask for. */
export const MOST_SCALED = 5_000;

/** What can be scaled. */
export const SCALED = ['services', 'processes'] as const;

export const checkLabScale = members<LabScale>({
  services: wholeNumber(0, MOST_SCALED),
  processes: wholeNumber(0, MOST_SCALED),
});

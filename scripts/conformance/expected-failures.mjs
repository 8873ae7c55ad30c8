/**
 * Cases that our own server does not pass, by name, with the reason. A test fails when one of them passes.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const expectedFailures = {};

/** Cases that our own server does not pass, by name, with the reason. A test fails when one of them passes. */
export const expectedFailures: Readonly<Record<string, string>> = {};

/** @import { Requirement } from '../types.mjs' */

/** @param {string} id @param {string} clause @param {string} behaviour @returns {Requirement} */
export function must(id, clause, behaviour) {
  return { id, clause, behaviour, level: 'must' };
}

/** @param {string} id @param {string} clause @param {string} behaviour @returns {Requirement} */
export function should(id, clause, behaviour) {
  return { id, clause, behaviour, level: 'should' };
}

/** @param {Requirement} requirement @param {string} why @returns {Requirement} */
export function deferred(requirement, why) {
  return { ...requirement, deferred: why };
}

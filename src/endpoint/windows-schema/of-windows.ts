import type { Schema } from '../../cim/schema/schema.js';

/** Whether a class is Windows', and not one that somebody has declared under its name. */
export function isOfWindows(schema: Schema, className: string): boolean {
  const isOwn = schema.base === undefined || schema.getOwnDeclaration(className) !== undefined;
  return !isOwn && schema.findClass(className) !== undefined;
}

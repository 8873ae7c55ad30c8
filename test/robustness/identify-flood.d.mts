export function identifyMessage(n: number, declarations: number): string;
